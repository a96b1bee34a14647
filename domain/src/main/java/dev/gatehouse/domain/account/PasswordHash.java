package dev.gatehouse.domain.account;

/**
 * A password as it is stored.
 *
 * @param encoded algorithm, parameters, salt and hash in one text ({@code $argon2id$…}, {@code $2b$…}); unreadable as a
 *     password, but still shown nowhere
 */
public record PasswordHash(String encoded) {
    private static final String BCRYPT = "$2";
    /** bcrypt alone puts no sign between salt and hash. */
    private static final int BCRYPT_FORM = "$2b$10".length();

    /** Algorithm and parameters: what stands before the last two parts, which are salt and hash. */
    public PasswordForm form() {
        if (encoded.startsWith(BCRYPT))
            return new PasswordForm(encoded.substring(0, Math.min(BCRYPT_FORM, encoded.length())));
        int hash = encoded.lastIndexOf('$');
        int salt = encoded.lastIndexOf('$', hash - 1);
        return new PasswordForm(encoded.substring(0, Math.max(0, salt)));
    }

    @Override
    public String toString() {
        return "PasswordHash[…]";
    }
}
