package dev.gatehouse.domain.access;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * The log of the changes that can end a credential or alter a decision, so that what was once looked up may be remembered
 * for as long as nothing that it rests on changes. Every process reads the same log, in the order of commits.
 *
 * <p>To remember: take {@link #known()}, then read the records, then keep what was made of them together with that
 * position. To use it later: only while it is {@link #untouched}. A change in between makes what was read old, never new.
 */
public interface AccessChanges {
    /** A change acknowledged by another process is honoured here no later than this (D6). */
    Duration BOUND = Duration.ofSeconds(1);

    /** So long after it fell behind, a process that keeps up again has worked off what waited in front of it meanwhile. */
    Duration BACKLOG = BOUND.multipliedBy(3);

    /** A position at which nothing was known, so that nothing is untouched since. */
    long NEVER = -1;

    /**
     * Appends what is changed, in the caller's transaction: rolled back with it. This process knows of it when the
     * transaction has returned, every other one within {@link #BOUND}. An empty list appends nothing.
     */
    void append(List<AccessChange> changes);

    /** As {@link #append(List)}. */
    default void append(AccessChange change) {
        append(List.of(change));
    }

    /** Appends that everything may have changed. */
    default void count() {
        append(new AccessChange.OfEverything());
    }

    /**
     * How far this process has read, without asking anybody: each change up to this position is known here, and what is
     * read from the store from now on holds it. Never goes back. Absent when the process could not refresh its knowledge
     * for longer than {@link #BOUND}: then nothing remembered may be used.
     */
    OptionalLong known();

    /**
     * Whether none of these was changed after this position, as far as this process knows; without asking anybody. False
     * as well when it cannot say: its knowledge is older than {@link #BOUND}, or the position is so old (or
     * {@link #NEVER}) that what came after it is no longer at hand.
     */
    boolean untouched(long since, Collection<AccessChange> restsOn);

    /**
     * Whether this process has read on without a pause for {@link #BACKLOG}, a pause being one that comes near
     * {@link #BOUND}; without asking anybody. Then it was neither suspended nor parted from the store, and no standstill of
     * its own made anybody wait in front of it for that long. A process that just started has kept up: nobody waits in
     * front of one that does not listen yet.
     */
    boolean keptUp();

    /**
     * Reads on now, and gives what {@link #known()} says then.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when the store does not answer
     */
    long ask();
}
