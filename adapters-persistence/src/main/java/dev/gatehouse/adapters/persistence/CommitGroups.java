package dev.gatehouse.adapters.persistence;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forms groups of those who wait for what they committed to be stored. One of a group stores for all of it. Those who come
 * meanwhile are the next group.
 *
 * <p>Where several write at the same time, the one who stores first waits a moment for as many as came together lately; where
 * one writes alone, nobody waits.
 */
final class CommitGroups {
    private static final int MOST = 64;

    private final Runnable store;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Condition stored = lock.newCondition();

    // All guarded by the lock.
    private long asked;
    private long done;
    private boolean storing;
    private int expected = 1;

    /**
     * @param store stores all that was committed before it is called; one thread at a time calls it
     * @param patience how long a group is waited for at most
     */
    CommitGroups(Runnable store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    /**
     * Returns when all that was committed before this call is stored.
     *
     * @throws RuntimeException that of the store, in each thread whose commit it could not store
     */
    void await() {
        lock.lock();
        try {
            long mine = ++asked;
            while (done < mine) {
                if (storing) {
                    if (asked - done == expected) came.signal();
                    stored.awaitUninterruptibly();
                } else storeForAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many wait, also those for whom one stores just now. */
    long waiting() {
        lock.lock();
        try {
            return asked - done;
        } finally {
            lock.unlock();
        }
    }

    /** With the lock, which it gives back while it stores. */
    private void storeForAll() {
        // An interrupt would have the file closed that is written to; whoever meant this thread will be heard
        // afterwards.
        boolean interrupted = Thread.interrupted();
        storing = true;
        try {
            interrupted |= gather();
            long upTo = asked;
            boolean all = upTo - done >= expected;
            int size = (int) (upTo - done);
            unlocked(store);
            done = upTo;
            if (asked > upTo) expected = Math.min(size + 1, MOST);
            else if (!all) expected = size;
        } finally {
            storing = false;
            stored.signalAll();
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for as many as came lately.
     *
     * @return whether it was interrupted, which ends the wait
     */
    private boolean gather() {
        long left = patience.toNanos();
        try {
            while (asked - done < expected && left > 0) left = came.awaitNanos(left);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void unlocked(Runnable step) {
        lock.unlock();
        try {
            step.run();
        } finally {
            lock.lock();
        }
    }
}
