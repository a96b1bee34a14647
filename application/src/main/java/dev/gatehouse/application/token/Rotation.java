package dev.gatehouse.application.token;

import dev.gatehouse.application.shared.Repetition;
import java.util.Optional;

/**
 * How one token is to take the place of another; nothing of it has been looked at.
 *
 * @param overlapSeconds how long the old one goes on counting
 * @param closeOnFirstUse whether the first use of the new one ends it before that
 * @param expiresInSeconds 0: without an end; absent: as long as the old one was given
 * @param name absent or empty: one is made up
 * @param description absent: that of the old one
 * @param repetition absent: each request makes another
 */
public record Rotation(
        long overlapSeconds,
        boolean closeOnFirstUse,
        Optional<Long> expiresInSeconds,
        Optional<String> name,
        Optional<String> description,
        Optional<Repetition> repetition) {
    /** When nothing is said: a day, or until the new one is used. */
    public static final long USUAL_OVERLAP_SECONDS = 86_400;
}
