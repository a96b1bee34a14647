package dev.gatehouse.application.session;

import dev.gatehouse.application.access.LastUses;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions that are not ended and past the rules: nobody used them for too long, or they began too long ago. */
public final class OverdueSessions {
    private final Sessions sessions;

    public OverdueSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Uses that came before these bounds, and nothing since, leave a session idle in every process. */
    static Sessions.Bounds boundsOf(SessionRules rules, Instant now) {
        return rules.boundsAt(now, LastUses.LONGEST_WAIT);
    }

    /**
     * Ends them for good.
     *
     * @return how many this call ended
     */
    public int end(SessionRules rules, Instant now) {
        Sessions.Bounds bounds = boundsOf(rules, now);
        Sessions.Bounds idle = new Sessions.Bounds(bounds.seenAfter(), Sessions.Bounds.NONE.startedAfter());
        int ended = sessions.endAll(Sessions.Wanted.beyond(idle, now), Session.Reason.IDLE);
        // Those that were given a longer life when they began.
        return ended + sessions.endAll(Sessions.Wanted.beyond(bounds, now), Session.Reason.REVOKED);
    }

    /** How many would be past the new rules that are not past those in force. */
    public long countOf(SessionRules inForce, SessionRules next, Instant now) {
        return sessions.count(between(inForce, next, now));
    }

    /** The first of those that {@link #countOf} counts, the newest first, then by id. */
    public List<Session> firstOf(SessionRules inForce, SessionRules next, Instant now, int most) {
        return most == 0
                ? List.of()
                : sessions.live(between(inForce, next, now), new PageRequest(most, Optional.empty()))
                        .items();
    }

    private static Sessions.Wanted between(SessionRules inForce, SessionRules next, Instant now) {
        return new Sessions.Wanted(Optional.empty(), now, boundsOf(inForce, now), Optional.of(boundsOf(next, now)));
    }
}
