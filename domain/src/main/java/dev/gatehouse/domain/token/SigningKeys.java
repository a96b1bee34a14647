package dev.gatehouse.domain.token;

import java.time.Instant;
import java.util.List;

/** The store of signing keys. */
public interface SigningKeys {
    /** Every key, the newest first; keys of one instant by {@code kid}. */
    List<SigningKey> all();

    /** As {@link #all()}, and until the transaction ends nobody else holds them: who changes keys comes one after another. */
    List<SigningKey> hold();

    /**
     * Adds a key only if there is none yet, so that processes that start together end up with one.
     *
     * @return whether it was added
     */
    boolean insertFirst(SigningKey key);

    /**
     * Adds a key.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code ALREADY_EXISTS} when there is one of this {@code kid}
     */
    void insert(SigningKey key);

    /**
     * Gives a key its turn, or an earlier one.
     *
     * @return whether it did; false when there is none, it is revoked, or its turn is no later than that already
     */
    boolean activate(String kid, Instant from);

    /**
     * Ends what the key signed: the first revocation wins.
     *
     * @return whether this call did; false when there is none
     */
    boolean revoke(String kid, Instant at, String by);

    /** The revoked keys of which the records of tokens may still be live, in no promised order. */
    List<String> withLiveRecords();

    /** Writes down that no record of a token that this key signed is live. */
    void recordsEnded(String kid);

    /**
     * Removes a key that never signed.
     *
     * @return whether it did; false when there is none, or it is no standby
     */
    boolean removeStandby(String kid);
}
