package dev.gatehouse.domain.account;

/**
 * A password as it is stored.
 *
 * @param encoded algorithm, parameters, salt and hash in one text ({@code $argon2id$…}, {@code $2b$…}); unreadable as a
 *     password, but still shown nowhere
 */
public record PasswordHash(String encoded) {
    @Override
    public String toString() {
        return "PasswordHash[…]";
    }
}
