package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a token is to count.
 *
 * @param length a whole number of seconds above zero; absent: without an end
 */
public record Lifetime(Optional<Duration> length) {
    /** A hundred years. */
    private static final long MOST_SECONDS = 3_153_600_000L;

    public Lifetime {
        length.ifPresent(Lifetime::mustBeWholeSeconds);
    }

    /** No end. */
    public static final Lifetime ENDLESS = new Lifetime(Optional.empty());

    /**
     * As the API asks for it: {@code expiresIn} in seconds, 0 for no end.
     *
     * @throws Refusal.Invalid when it is negative or over a hundred years
     */
    public static Lifetime ofSeconds(long expiresIn) {
        if (expiresIn < 0)
            throw new Refusal.Invalid("expiresIn", TokenRule.LIFETIME_NEGATIVE, Long.toString(expiresIn));
        if (expiresIn > MOST_SECONDS)
            throw new Refusal.Invalid(
                    "expiresIn", TokenRule.LIFETIME_TOO_LONG, Long.toString(expiresIn), Long.toString(MOST_SECONDS));
        return expiresIn == 0 ? ENDLESS : new Lifetime(Optional.of(Duration.ofSeconds(expiresIn)));
    }

    static void mustBeWholeSeconds(Duration length) {
        if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.toNanosPart() != 0)
            throw new IllegalArgumentException("whole seconds, at least one");
    }

    /** The same, or this length if that is shorter. */
    public Lifetime atMost(Duration most) {
        return length.filter(each -> each.compareTo(most) <= 0).isPresent() ? this : new Lifetime(Optional.of(most));
    }

    Optional<Instant> endFrom(Instant start) {
        return length.map(start::plus);
    }
}
