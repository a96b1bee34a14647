package dev.gatehouse.domain.token;

import java.time.Instant;
import java.util.Optional;

/**
 * What a new token is to be like.
 *
 * @param description at most 255 characters, possibly empty
 * @param lifetime from the moment it is issued
 * @param notBefore from when on it counts; absent, or in the past: at once
 */
public record Terms(String description, Lifetime lifetime, Optional<Instant> notBefore, Restrictions restrictions) {
    /** Counts at once, for everything, from everywhere. */
    public static Terms plain(String description, Lifetime lifetime) {
        return new Terms(description, lifetime, Optional.empty(), Restrictions.NONE);
    }
}
