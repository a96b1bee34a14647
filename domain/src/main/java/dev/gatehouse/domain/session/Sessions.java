package dev.gatehouse.domain.session;

import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.token.LastUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sign-ins of people. */
public interface Sessions {
    /** The session of this id, as last committed or as written in this transaction. */
    Optional<Session> find(SessionId id);

    /**
     * Adds a session.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code ALREADY_EXISTS} when the id was ever used
     */
    void insert(Session session);

    /**
     * Ends the session of this id, unless it was ended before: the first end wins, also of two at once.
     *
     * @return whether this call ended it; false when there is none
     */
    boolean end(SessionId id, Instant now, Session.Reason reason);

    /**
     * Which sessions to list.
     *
     * @param accounts whose; absent: everybody's; empty: nobody's
     * @param now those that are not ended and end after this
     * @param seenAfter those that were used after this or, never used, began after this
     */
    record Wanted(Optional<Set<AccountId>> accounts, Instant now, Instant seenAfter) {
        public Wanted {
            accounts = accounts.map(Set::copyOf);
        }
    }

    /**
     * The live sessions that are wanted, the newest first, then by id.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when the page begins where no page of this list ended
     */
    Page<Session> live(Wanted wanted, PageRequest page);

    /** The sessions of this account that are neither ended nor past their end, the oldest first, then by id. */
    List<Session> liveOf(AccountId account, Instant now);

    /**
     * Ends as {@link Session.Reason#IDLE} every session that is not ended, ends after {@code now} and was neither used
     * nor begun after {@code seenUntil}.
     *
     * @return how many this call ended
     */
    int endIdle(Instant seenUntil, Instant now);

    /**
     * Removes sessions that ended, in whatever way, before this. Their ids are not given out again.
     *
     * @param most how many at once, the rest with the next call
     * @return how many were removed
     */
    int purge(Instant endedBefore, int most);

    /**
     * Ends every session of this account that was not ended before.
     *
     * @return how many this call ended
     */
    int endAllOf(AccountId account, Instant now, Session.Reason reason);

    /**
     * Writes down last uses, each unless a later one stands there. A record that somebody else is changing at this moment
     * is passed over: waiting for it could mean waiting for each other.
     *
     * @return the ids for which nothing was done, because they were passed over or none has them
     */
    Set<SessionId> used(Map<SessionId, LastUse> uses);
}
