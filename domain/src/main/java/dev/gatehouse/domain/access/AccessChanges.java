package dev.gatehouse.domain.access;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Counts the changes that can end a credential or alter a decision, so that what was once looked up may be remembered
 * for as long as the count stands still. Every process reads the same count.
 */
public interface AccessChanges {
    /** A change acknowledged by another process is honoured here no later than this (D6). */
    Duration BOUND = Duration.ofSeconds(1);

    /**
     * Counts one change, in the caller's transaction: rolled back with it. This process knows of it when the
     * transaction has returned.
     */
    void count();

    /**
     * The count as this process knows it, without asking anybody. Absent when the process could not refresh its
     * knowledge for longer than {@link #BOUND}: then nothing remembered may be used.
     */
    OptionalLong known();

    /**
     * The count, asked for now; at least what {@link #known()} said before.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when the store does not answer
     */
    long ask();
}
