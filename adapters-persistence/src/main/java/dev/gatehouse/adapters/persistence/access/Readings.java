package dev.gatehouse.adapters.persistence.access;

import dev.gatehouse.domain.access.AccessChanges;
import java.time.Duration;

/**
 * When this process read the log.
 *
 * @param last when the latest reading was begun
 * @param withoutPauseSince from when on each was begun soon enough after the one before
 */
record Readings(Moment last, Moment withoutPauseSince) {
    /** Three quarters of the bound, and a reading is due after one: what is missing is left to the way to this process. */
    static final Duration PAUSE = AccessChanges.BOUND.multipliedBy(3).dividedBy(4);

    /** What no clock shows. */
    private static final long NEVER = 0;

    /** None yet. */
    static Readings none(Moment now) {
        Moment never = new Moment(now.nanos() - AccessChanges.BACKLOG.toNanos(), NEVER);
        return new Readings(never, never);
    }

    boolean areNone() {
        return last.millis() == NEVER;
    }

    /** Together with one that was begun then; one that was overtaken changes nothing. */
    Readings with(Moment begun) {
        if (begun.nanos() - last.nanos() <= 0) return this;
        return new Readings(begun, areNone() || begun.isWithin(PAUSE, last) ? withoutPauseSince : begun);
    }

    /** Whether what was read may be relied on. */
    boolean areFreshAt(Moment now) {
        return now.isWithin(AccessChanges.BOUND, last);
    }

    /** {@link AccessChanges#keptUp()}. */
    boolean keptUpAt(Moment now) {
        return now.isWithin(PAUSE, last) && now.nanos() - withoutPauseSince.nanos() >= AccessChanges.BACKLOG.toNanos();
    }

    /**
     * A moment by two clocks: the processor's timer stands still while a machine is suspended, and its clock can be put
     * back.
     */
    record Moment(long nanos, long millis) {
        static Moment now() {
            return new Moment(System.nanoTime(), System.currentTimeMillis());
        }

        /** Whether, by both clocks, no more than this passed since. */
        boolean isWithin(Duration most, Moment earlier) {
            return nanos - earlier.nanos <= most.toNanos() && millis - earlier.millis <= most.toMillis();
        }
    }
}
