package dev.gatehouse.domain.token;

import java.time.Duration;
import java.time.Instant;

/**
 * When a credential was last shown and counted, and by whom. Written down in batches, so that a record may show an earlier
 * use for up to {@link #WRITTEN_WITHIN}; but the use of a token after a {@link #PAUSE} is written down at once.
 *
 * @param address the source address, as the server trusts it
 * @param userAgent what the client calls itself, possibly empty
 */
public record LastUse(Instant at, String address, String userAgent) {
    /** So long after a use its record tells of it at the latest. */
    public static final Duration WRITTEN_WITHIN = Duration.ofSeconds(30);

    /** After so long without a use that is written down, the next one is, before it is answered. */
    public static final Duration PAUSE = Duration.ofMinutes(10);

    /** The later of two; this one when they are of one instant. */
    public LastUse orLater(LastUse other) {
        return other.at.isAfter(at) ? other : this;
    }
}
