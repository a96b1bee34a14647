package dev.gatehouse.domain.token;

import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about tokens shown before, so that who shows one again is known without asking the database. A memory
 * of bounded size: it may forget anything at any time. Never blocks, and holds no token.
 */
public interface VerifiedTokens {
    /** Who remembers a token that has a record of uses looks at that record again after this at the latest. */
    Duration LOOKED_AT_AGAIN = Duration.ofMinutes(10);

    /**
     * A token that was genuine and counted.
     *
     * @param caller who it speaks for; its origin is that of the first request and means nothing
     * @param jti the token's own; that of a session's later token is not the session's id
     * @param notBefore from when on it counts
     * @param endsAt when it ends; absent: never
     * @param since the position of {@link AccessChanges} before it was looked up
     * @param restsOn what must not have changed since then, or it must be looked up again
     */
    record Verified(
            Caller caller,
            String jti,
            Instant notBefore,
            Optional<Instant> endsAt,
            long since,
            List<AccessChange> restsOn) {
        public Verified {
            restsOn = List.copyOf(restsOn);
        }
    }

    Optional<Verified> find(PlainToken token);

    /** Remembers it, in place of what was remembered of the same token before. */
    void remember(PlainToken token, Verified verified);
}
