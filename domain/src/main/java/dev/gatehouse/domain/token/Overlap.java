package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Refusal;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a token goes on counting after another took its place.
 *
 * @param length whole seconds, none or more, at most 366 days
 * @param closeOnFirstUse whether the first use of a later one ends it before that
 */
public record Overlap(Duration length, boolean closeOnFirstUse) {
    private static final long MOST_SECONDS = Duration.ofDays(366).toSeconds();

    /**
     * As the API asks for it.
     *
     * @throws Refusal.Invalid when it is negative or over 366 days
     */
    public static Overlap ofSeconds(long seconds, boolean closeOnFirstUse) {
        if (seconds < 0 || seconds > MOST_SECONDS)
            throw new Refusal.Invalid(
                    "overlapSeconds", TokenRule.OVERLAP, Long.toString(seconds), Long.toString(MOST_SECONDS));
        return new Overlap(Duration.ofSeconds(seconds), closeOnFirstUse);
    }

    Instant endFrom(Instant start) {
        return start.plus(length);
    }
}
