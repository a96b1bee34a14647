package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Refusal;
import java.util.Optional;

/**
 * What the creator of a token calls it, and what Argo CD's shapes show as its id. Never given out twice for one subject,
 * not even after the token is gone; the {@link TokenId} of the first token of a name is the name itself.
 *
 * @param value 1 to 128 visible characters that stand in a path and in a list without escaping
 */
public record TokenName(String value) {
    private static final int LONGEST = 128;
    private static final String KEPT_OUT = "|:/%?#\\\"";

    public TokenName {
        if (!fits(value)) throw new Refusal.Invalid("id", TokenRule.ID_SHAPE);
    }

    /** The name, or nothing when no token could have it. */
    public static Optional<TokenName> ifValid(String value) {
        return fits(value) ? Optional.of(new TokenName(value)) : Optional.empty();
    }

    private static boolean fits(String value) {
        return value.length() <= LONGEST && visible(value);
    }

    static boolean visible(String value) {
        return !value.isEmpty()
                && !value.equals(".")
                && !value.equals("..")
                && value.codePoints().allMatch(each -> each > ' ' && each < 0x7f && KEPT_OUT.indexOf(each) < 0);
    }

    @Override
    public String toString() {
        return value;
    }
}
