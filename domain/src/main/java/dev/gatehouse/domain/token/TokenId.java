package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Refusal;
import java.util.Optional;

/**
 * Names one token for ever and everywhere: the {@code jti} claim (RFC 7519 section 4.1.7). Never given out twice, not even
 * after the token or its owner is gone; letter case counts.
 *
 * @param value 1 to 160 visible characters that stand in a path and in a list without escaping
 */
public record TokenId(String value) {
    private static final int LONGEST = 160;

    public TokenId {
        if (!fits(value)) throw new Refusal.Invalid("id", TokenRule.ID_SHAPE);
    }

    /** The id, or nothing when no token could have it. */
    public static Optional<TokenId> ifValid(String value) {
        return fits(value) ? Optional.of(new TokenId(value)) : Optional.empty();
    }

    private static boolean fits(String value) {
        return value.length() <= LONGEST && TokenName.visible(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
