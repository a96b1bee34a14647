package dev.gatehouse.domain.shared;

/** Encrypts secrets that the service must be able to read again (signing keys, webhook secrets) before they are stored. */
public interface SecretSealer {
    /**
     * Seals a secret for one place; sealing the same secret twice gives two different texts.
     *
     * @param place where it will lie, for instance {@code signing-key/kid}: a sealed secret moved elsewhere does not open
     */
    SealedSecret seal(byte[] secret, String place);

    /**
     * Opens what was sealed for this place.
     *
     * @throws IllegalStateException when it was sealed with another master key or for another place, or was altered
     */
    byte[] open(SealedSecret secret, String place);
}
