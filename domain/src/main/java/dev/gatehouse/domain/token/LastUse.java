package dev.gatehouse.domain.token;

import java.time.Duration;
import java.time.Instant;

/**
 * When a credential was last shown and counted, and by whom. Written down in batches, so that a record may show an earlier
 * use for up to {@link #WRITTEN_WITHIN}.
 *
 * @param address the source address, as the server trusts it
 * @param userAgent what the client calls itself, possibly empty
 */
public record LastUse(Instant at, String address, String userAgent) {
    /** So long after a use its record tells of it at the latest. */
    public static final Duration WRITTEN_WITHIN = Duration.ofSeconds(30);

    /** The later of two; this one when they are of one instant. */
    public LastUse orLater(LastUse other) {
        return other.at.isAfter(at) ? other : this;
    }
}
