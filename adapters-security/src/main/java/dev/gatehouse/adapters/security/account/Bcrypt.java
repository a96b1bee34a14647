package dev.gatehouse.adapters.security.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.domain.account.PasswordForm;
import dev.gatehouse.domain.account.PasswordHash;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * A hash by bcrypt, which other systems hand over and this one only checks. It reads the first 72 bytes of a password
 * and no more, so a longer one never matches: otherwise everything that begins alike would.
 */
record Bcrypt(String encoded) {
    static final int MOST_COST = 15;

    private static final int MOST_BYTES = 72;
    private static final int SALT_AND_HASH = 53;
    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-9])\\$[./A-Za-z0-9]{53}");

    /** What the text says; absent when it is no such hash or asks for too much. */
    static Optional<Bcrypt> parse(String encoded) {
        if (!FORM.matcher(encoded).matches()) return Optional.empty();
        int cost = Integer.parseInt(encoded.substring(4, 6));
        return cost > MOST_COST ? Optional.empty() : Optional.of(new Bcrypt(encoded));
    }

    /** A hash of this form that no password matches; absent when the form is no such one or asks for too much. */
    static Optional<PasswordHash> ofNothing(PasswordForm form) {
        return parse(form.text() + "$" + ".".repeat(SALT_AND_HASH)).map(each -> new PasswordHash(each.encoded()));
    }

    boolean matches(String password) {
        byte[] bytes = password.getBytes(UTF_8);
        // The slow half first, so that the answer for a long password takes as long.
        return BCrypt.checkpw(bytes, encoded) && bytes.length <= MOST_BYTES;
    }

    @Override
    public String toString() {
        return "Bcrypt[…]";
    }
}
