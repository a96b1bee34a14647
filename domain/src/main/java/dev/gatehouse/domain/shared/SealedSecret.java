package dev.gatehouse.domain.shared;

/**
 * A secret as it may lie in the database: encrypted and authenticated, worthless without the master key.
 *
 * @param text the sealed form, printable ASCII; shown in no log and no reply all the same
 */
public record SealedSecret(String text) {
    @Override
    public String toString() {
        return "SealedSecret[…]";
    }
}
