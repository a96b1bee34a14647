package dev.gatehouse.application.session;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Looking at sessions and ending them. Everybody may see and end those of their own account; those of another need the
 * right to {@code sessions, get} or {@code delete} on its name.
 */
public interface ManagingSessions {
    /**
     * The live sessions that the caller may see, the newest first, then by id.
     *
     * @param subject whose; absent: everybody's whose the caller may see
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden when the caller may not see those of this subject, whether or
     *     not there is such an account
     */
    Page<Seen> list(Caller caller, Optional<String> subject, PageRequest page);

    /**
     * One session, live or ended not too long ago.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden when the caller may not see it, or may not learn that there is
     *     none
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when there is none
     */
    Seen find(Caller caller, String id);

    /** Ends one session for good; one that is over stays as it is. Refuses as {@link #find}. */
    void end(Caller caller, String id);

    /**
     * Ends every live session of a subject.
     *
     * @return how many were ended, or would have been
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden when the caller may not, whether or not there is such an account
     */
    int endAll(Caller caller, EndAll command);

    /**
     * @param keepCurrent whether the caller's own session goes on
     * @param rehearse whether to count only
     */
    record EndAll(String subject, boolean keepCurrent, boolean rehearse) {}

    /**
     * @param current whether the caller shows a token of it
     * @param idleEndsAt when it ends unless it is used; absent: it does not end so before its end, or it is over
     * @param endsAt the absolute end under the rules in force
     */
    record Seen(Session session, boolean current, Optional<Instant> idleEndsAt, Instant endsAt) {}
}
