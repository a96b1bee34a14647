package dev.gatehouse.domain.session;

import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.token.LastUse;
import java.time.Instant;
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
