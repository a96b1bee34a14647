package dev.gatehouse.domain.account;

import dev.gatehouse.domain.shared.Refusal;

/**
 * What a new password must be: long enough, and nothing else (NIST SP 800-63B rev. 4 asks for no composition rules).
 *
 * @param least the fewest characters (code points), at least 1
 * @param most the most characters (code points)
 */
public record PasswordRules(int least, int most) {
    /** 8 characters, as Argo CD asks (contract 3.6), to 256. */
    public static final PasswordRules DEFAULT = new PasswordRules(8, 256);

    public PasswordRules {
        if (least < 1 || most < least) throw new IllegalArgumentException("1 <= least <= most");
    }

    /** Refuses a password that is too short, too long, or holds control characters. */
    public void check(PlainPassword password) {
        String secret = password.reveal();
        long length = secret.codePoints().count();
        if (length < least || length > most || secret.codePoints().anyMatch(Character::isISOControl))
            throw new Refusal.Invalid(
                    "newPassword", AccountRule.PASSWORD_SHAPE, Integer.toString(least), Integer.toString(most));
    }
}
