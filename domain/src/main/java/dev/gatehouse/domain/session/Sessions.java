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
     * Adds a session, and writes down which key signs its first token.
     *
     * @param kid of that key
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code ALREADY_EXISTS} when the id was ever used
     */
    void insert(Session session, String kid);

    /**
     * Writes down which key signed the latest token of this session; nothing happens when there is none of this id.
     *
     * @param kid of that key
     */
    void signed(SessionId id, String kid);

    /**
     * Ends every live session of which this key signed the latest token, as far as that is written down.
     *
     * @return how many this call ended
     */
    int endSignedBy(String kid, Instant now, Session.Reason reason);

    /** How many {@link #endSignedBy} would end. Changes nothing, and waits for nobody. */
    long countSignedBy(String kid, Instant now);

    /**
     * Ends the session of this id, unless it was ended before: the first end wins, also of two at once.
     *
     * @return whether this call ended it; false when there is none
     */
    boolean end(SessionId id, Instant now, Session.Reason reason);

    /**
     * Rules, at one moment.
     *
     * @param seenAfter used after this or, never used, begun after this
     * @param startedAfter begun after this
     */
    record Bounds(Instant seenAfter, Instant startedAfter) {
        /** Hold for every session. */
        public static final Bounds NONE = new Bounds(Instant.EPOCH, Instant.EPOCH);

        /** Whether this session lies within them. */
        public boolean hold(Session session) {
            return session.lastSeenAt().isAfter(seenAfter)
                    && session.startedAt().isAfter(startedAfter);
        }
    }

    /**
     * Which sessions are wanted.
     *
     * @param accounts whose; absent: everybody's; empty: nobody's
     * @param now those that are not ended and end after this
     * @param within those that lie within these
     * @param beyond of those, only those that do not lie within these; absent: all
     */
    record Wanted(Optional<Set<AccountId>> accounts, Instant now, Bounds within, Optional<Bounds> beyond) {
        public Wanted {
            accounts = accounts.map(Set::copyOf);
        }

        /** Everybody's that do not lie within these bounds. */
        public static Wanted beyond(Bounds bounds, Instant now) {
            return new Wanted(Optional.empty(), now, Bounds.NONE, Optional.of(bounds));
        }

        /** Whether this session is wanted. */
        public boolean wants(Session session) {
            return session.countsAt(now)
                    && within.hold(session)
                    && beyond.map(each -> !each.hold(session)).orElse(true)
                    && accounts.map(each -> each.contains(session.account())).orElse(true);
        }
    }

    /**
     * The live sessions that are wanted, the newest first, then by id.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when the page begins where no page of this list ended
     */
    Page<Session> live(Wanted wanted, PageRequest page);

    /** How many live sessions are wanted. */
    long count(Wanted wanted);

    /**
     * The live sessions that are wanted, but for the newest of them, the oldest first. Of two that began at one moment the
     * one with the lesser id counts as the newer, as in {@link #live}.
     *
     * @param newest how many are left out, from 0
     */
    List<Session> olderThanNewest(Wanted wanted, int newest);

    /** The sessions of this account that are neither ended nor past their end, the oldest first, then by id. */
    List<Session> liveOf(AccountId account, Instant now);

    /**
     * Ends every live session that is wanted, at the moment for which it is wanted.
     *
     * @return how many this call ended
     */
    int endAll(Wanted wanted, Session.Reason reason);

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
