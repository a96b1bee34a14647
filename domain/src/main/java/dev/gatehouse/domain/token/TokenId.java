package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Refusal;
import java.util.Optional;

/**
 * Names one token for ever: the {@code jti} claim (RFC 7519 section 4.1.7). Never given out twice, not even after the
 * token is gone; letter case counts.
 *
 * @param value 1 to 128 visible characters that stand in a path and in a list without escaping
 */
public record TokenId(String value) {
    private static final int LONGEST = 128;
    private static final String KEPT_OUT = "|:/%?#\\\"";

    public TokenId {
        if (!fits(value)) throw new Refusal.Invalid("id", TokenRule.ID_SHAPE);
    }

    /** The id, or nothing when no token could have it. */
    public static Optional<TokenId> ifValid(String value) {
        return fits(value) ? Optional.of(new TokenId(value)) : Optional.empty();
    }

    private static boolean fits(String value) {
        return !value.isEmpty()
                && value.length() <= LONGEST
                && !value.equals(".")
                && !value.equals("..")
                && value.codePoints().allMatch(each -> each > ' ' && each < 0x7f && KEPT_OUT.indexOf(each) < 0);
    }

    @Override
    public String toString() {
        return value;
    }
}
