package dev.gatehouse.domain.session;

import dev.gatehouse.domain.token.SessionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a session lasts, and how many an account has.
 *
 * @param absolute from the sign-in to the end, whatever happens between; whole seconds above zero
 * @param idle an end that comes earlier when the session is not used for so long, at least a minute; absent: none does
 * @param token how long one token of the session counts, if the session itself does not end before; whole seconds above
 *     zero. Whoever uses it in its last minutes gets the next
 * @param limit absent: as many as there are sign-ins
 */
public record SessionRules(Duration absolute, Optional<Duration> idle, Duration token, Optional<Limit> limit) {
    private static final Duration SHORTEST_IDLE = Duration.ofMinutes(1);

    /** A day, a working day without use, one token, and a hundred for an account, of which the oldest gives way. */
    public static final SessionRules DEFAULT = new SessionRules(
            Duration.ofHours(24),
            Optional.of(Duration.ofHours(8)),
            Duration.ofHours(24),
            Optional.of(new Limit(100, Beyond.END_OLDEST)));

    /** A token is renewed when less than this is left of it (Argo CD contract 2.5). */
    public static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(5);

    /** How long a session can be looked at after its end. */
    public static final Duration KEPT_AFTER_END = Duration.ofDays(7);

    /** What happens at a sign-in that would make one too many. */
    public enum Beyond {
        /** The session that began first ends. */
        END_OLDEST,
        /** The sign-in is refused. */
        REFUSE
    }

    /** @param most live sessions of one account, at least 1 */
    public record Limit(int most, Beyond beyond) {
        public Limit {
            if (most < 1) throw new IllegalArgumentException("at least one session");
        }
    }

    public SessionRules {
        mustBeWholeSeconds(absolute);
        mustBeWholeSeconds(token);
        if (idle.isPresent() && idle.get().compareTo(SHORTEST_IDLE) < 0)
            throw new IllegalArgumentException("at least a minute without use");
    }

    /** These, and where the policy says something, what it says. */
    public SessionRules under(SessionPolicy policy) {
        Beyond beyond = limit.map(Limit::beyond).orElse(Beyond.END_OLDEST);
        return new SessionRules(
                policy.absolute().orElse(absolute),
                policy.idle().map(Optional::of).orElse(idle).filter(each -> !each.isZero()),
                token,
                policy.most()
                        .map(Optional::of)
                        .orElseGet(() -> limit.map(Limit::most))
                        .filter(each -> each > 0)
                        .map(each -> new Limit(each, beyond)));
    }

    /** What a policy would have to say, so that these hold whatever is set. */
    public SessionPolicy said(Optional<Duration> recent) {
        return new SessionPolicy(
                Optional.of(idle.orElse(Duration.ZERO)),
                Optional.of(absolute),
                Optional.of(limit.map(Limit::most).orElse(0)),
                recent);
    }

    /**
     * When sessions must have begun and been used to live now.
     *
     * @param unwritten how much later than it happened a use may be written down
     */
    public Sessions.Bounds boundsAt(Instant now, Duration unwritten) {
        return new Sessions.Bounds(
                idle.map(each -> now.minus(each).minus(unwritten)).orElse(Instant.EPOCH), now.minus(absolute));
    }

    private static void mustBeWholeSeconds(Duration length) {
        if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.toNanosPart() != 0)
            throw new IllegalArgumentException("whole seconds, at least one");
    }
}
