package dev.gatehouse.domain.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What was found out about tokens shown before, so that a signature is verified once. A memory of bounded size: it may
 * forget anything at any time. Never blocks.
 */
public interface VerifiedTokens {
    /**
     * A token that was genuine and counted.
     *
     * @param caller who it speaks for; its origin is that of the first request and means nothing
     * @param notBefore from when on it counts
     * @param endsAt when it ends; absent: never
     * @param changes the count of {@link AccessChanges} before it was looked up; at another count it must be looked up
     *     again
     */
    record Verified(Caller caller, Instant notBefore, Optional<Instant> endsAt, long changes) {}

    /** @param digest as {@link dev.gatehouse.domain.token.PlainToken#digest()} makes it */
    Optional<Verified> find(String digest);

    /** Remembers it, in place of what was remembered of the same token before. */
    void remember(String digest, Verified verified);
}
