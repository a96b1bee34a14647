package dev.gatehouse.domain.shared;

/**
 * Makes of secrets what may be stored: sealed, where the service must be able to read them again (signing keys, webhook
 * secrets); or their fingerprint, where it is enough to tell one from another.
 */
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

    /**
     * Tells one secret from another, in every process alike and for ever. Nobody without the master key learns from it what
     * the secret is, not even by trying what it may be.
     *
     * @param place as for {@link #seal}: the same secret has another fingerprint at another place
     * @return 64 hexadecimal digits in small letters
     */
    String fingerprint(byte[] secret, String place);
}
