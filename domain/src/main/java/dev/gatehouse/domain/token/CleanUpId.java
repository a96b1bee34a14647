package dev.gatehouse.domain.token;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one run of the clean-up of tokens.
 *
 * @param value 1 to 64 of {@code [A-Za-z0-9-]}
 */
public record CleanUpId(String value) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public CleanUpId {
        if (!SHAPE.matcher(value).matches()) throw new IllegalArgumentException("no id of a clean-up");
    }

    /** The id, or nothing when no run could have it. */
    public static Optional<CleanUpId> ifValid(String value) {
        return SHAPE.matcher(value).matches() ? Optional.of(new CleanUpId(value)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
