package dev.gatehouse.adapters.persistence;

import dev.gatehouse.domain.shared.Refusal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the embedded database that transactions hold: several together, or one alone. H2 itself knows only locks that one
 * has alone, and writes the row for each; this process alone uses that database, so that these locks can lie in memory.
 *
 * <p>They belong to the thread, as its transaction does, and end with the transaction, however that ends. Who waits to have
 * a row alone lets nobody else in before. Nobody waits longer than for a lock of the database.
 */
@Singleton
final class SharedHolds {
    /** That of {@code LOCK_TIMEOUT} in {@link EmbeddedDatabase}. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Map<String, Row> rows = new HashMap<>();
    private final Map<Thread, Set<String>> held = new HashMap<>();
    private final Duration patience;

    SharedHolds() {
        this(PATIENCE);
    }

    SharedHolds(Duration patience) {
        this.patience = patience;
    }

    /** Guarded by the lock. */
    private static final class Row {
        private final Set<Thread> sharing = new HashSet<>();
        private @Nullable Thread owner;
        private int wanted;

        boolean lets(Thread one) {
            return one.equals(owner) || sharing.contains(one) || (owner == null && wanted == 0);
        }

        boolean isFreeFor(Thread one) {
            return (owner == null || one.equals(owner))
                    && (sharing.isEmpty() || (sharing.size() == 1 && sharing.contains(one)));
        }

        boolean isForgotten() {
            return owner == null && sharing.isEmpty() && wanted == 0;
        }
    }

    /**
     * Holds a row together with others, once nobody has it alone.
     *
     * @throws Refusal.Unavailable when somebody has it alone for too long
     */
    void share(String key) {
        Thread me = Thread.currentThread();
        lock.lock();
        try {
            await(key, row -> row.lets(me));
            row(key).sharing.add(me);
            remember(me, key);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Holds a row alone, once no other holds it.
     *
     * @throws Refusal.Unavailable when others hold it for too long
     */
    void own(String key) {
        Thread me = Thread.currentThread();
        lock.lock();
        try {
            row(key).wanted++;
            try {
                await(key, row -> row.isFreeFor(me));
                row(key).owner = me;
                remember(me, key);
            } finally {
                row(key).wanted--;
                forgetIfFree(key);
                // Whoever this one kept out and who gives up now.
                released.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of all that this thread holds. */
    void release() {
        Thread me = Thread.currentThread();
        lock.lock();
        try {
            Set<String> mine = held.remove(me);
            if (mine == null) return;
            for (String key : mine) {
                Row row = row(key);
                row.sharing.remove(me);
                if (me.equals(row.owner)) row.owner = null;
                forgetIfFree(key);
            }
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many rows anybody holds or waits for. */
    int size() {
        lock.lock();
        try {
            return rows.size();
        } finally {
            lock.unlock();
        }
    }

    private Row row(String key) {
        return rows.computeIfAbsent(key, any -> new Row());
    }

    private void remember(Thread me, String key) {
        held.computeIfAbsent(me, any -> new HashSet<>()).add(key);
    }

    private void forgetIfFree(String key) {
        if (row(key).isForgotten()) rows.remove(key);
    }

    private void await(String key, Predicate<Row> ready) {
        long left = patience.toNanos();
        try {
            while (!ready.test(row(key))) {
                if (left <= 0) throw new Refusal.Unavailable("database", RETRY_AFTER);
                left = released.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("database", RETRY_AFTER, e);
        }
    }
}
