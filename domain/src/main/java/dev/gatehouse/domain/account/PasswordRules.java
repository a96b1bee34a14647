package dev.gatehouse.domain.account;

import dev.gatehouse.domain.shared.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a new password must be: long enough, and not made of what everybody knows. No rules of composition, as NIST SP
 * 800-63B rev. 4 and ASVS 5.0 V6.2 ask.
 *
 * @param least the fewest characters (code points), at least 1
 * @param most the most characters (code points)
 * @param toChange for how long one counts that somebody else set and its holder has to change (ASVS 5.0 6.4.1)
 */
public record PasswordRules(int least, int most, Duration toChange) {
    /** 8 characters, as Argo CD asks (contract 3.6), to 256; three days, so that a weekend lies within them. */
    public static final PasswordRules DEFAULT = new PasswordRules(8, 256, Duration.ofDays(3));

    /** What else everybody knows of this service. */
    private static final List<String> KNOWN_HERE = List.of("gatehouse", "argocd", "argo", "admin", "password");

    private static final int SHORTEST_WORD = 3;

    public PasswordRules {
        if (least < 1 || most < least) throw new IllegalArgumentException("1 <= least <= most");
        if (!toChange.isPositive()) throw new IllegalArgumentException("time to change a password");
    }

    /** With these lengths, and all else as usual. */
    public PasswordRules(int least, int most) {
        this(least, most, DEFAULT.toChange);
    }

    /** Refuses a password that is too short, too long, or holds control characters or half a character. */
    public void check(PlainPassword password) {
        String secret = password.reveal();
        long length = secret.codePoints().count();
        if (length < least || length > most || secret.codePoints().anyMatch(PasswordRules::isUntypable))
            throw new Refusal.Invalid(
                    "newPassword", AccountRule.PASSWORD_SHAPE, Integer.toString(least), Integer.toString(most));
    }

    /**
     * The same, and refuses one that holds no letter beside the account's name and the names of this service:
     * {@code alice2026!}, {@code argocd-admin}.
     */
    public void check(PlainPassword password, String accountName) {
        check(password);
        String secret = password.reveal().toLowerCase(Locale.ROOT);
        String rest = without(secret, accountName.toLowerCase(Locale.ROOT));
        for (String each : KNOWN_HERE) rest = without(rest, each);
        if (rest.length() < secret.length() && rest.codePoints().noneMatch(Character::isLetter))
            throw new Refusal.Invalid("newPassword", AccountRule.PASSWORD_OF_NAMES);
    }

    private static String without(String text, String word) {
        return word.length() < SHORTEST_WORD ? text : text.replace(word, "");
    }

    private static boolean isUntypable(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }
}
