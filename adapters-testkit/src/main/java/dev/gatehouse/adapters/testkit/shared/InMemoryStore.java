package dev.gatehouse.adapters.testkit.shared;

import dev.gatehouse.domain.shared.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * What the in-memory ports keep, so that one transaction spans them all. Transactions that write take turns, from their
 * first write to their end; readers never wait for them and see what was last committed, or what they wrote themselves.
 */
public final class InMemoryStore {
    private final ReentrantLock turn = new ReentrantLock();
    private final ReentrantReadWriteLock visible = new ReentrantReadWriteLock();
    private final Map<Thread, Work> open = new ConcurrentHashMap<>();
    private final List<Table<?, ?>> tables = new CopyOnWriteArrayList<>();
    private final AtomicLong rowsWritten = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private volatile boolean cutOff;

    /** A new table in this store. */
    public <K, V> Table<K, V> table() {
        Table<K, V> table = new Table<>();
        tables.add(table);
        return table;
    }

    /** How many rows were written or removed by transactions that are done, since this store was made. */
    public long rowsWritten() {
        return rowsWritten.get();
    }

    /** How often a row was written or removed since this store was made, by transactions that were taken back, too. */
    public long writes() {
        return writes.get();
    }

    /** From now on this store does not answer. */
    public void cutOff() {
        cutOff = true;
    }

    /** From now on this store answers again. */
    public void reconnect() {
        cutOff = false;
    }

    /** Whether this store does not answer. */
    public boolean isCutOff() {
        return cutOff;
    }

    /** Runs work that reads and then writes, so that nobody writes in between; in the open transaction or in its own. */
    public <T> T write(Supplier<T> work) {
        refuseWhenCutOff();
        if (!open.containsKey(Thread.currentThread())) return inTransaction(() -> write(work));
        if (!turn.isHeldByCurrentThread()) turn.lock();
        return work.get();
    }

    <T> T inTransaction(Supplier<T> work) {
        refuseWhenCutOff();
        Work outer = open.get(Thread.currentThread());
        return outer == null ? outermost(work) : joined(outer, work);
    }

    private <T> T outermost(Supplier<T> work) {
        Work mine = new Work();
        open.put(Thread.currentThread(), mine);
        try {
            T answer = work.get();
            if (mine.doomed) throw new IllegalStateException("a transaction that joined this one failed");
            refuseWhenCutOff();
            if (turn.isHeldByCurrentThread()) commit();
            return answer;
        } finally {
            open.remove(Thread.currentThread());
            if (turn.isHeldByCurrentThread()) {
                for (Table<?, ?> each : tables) each.written.clear();
                turn.unlock();
            }
        }
    }

    private static <T> T joined(Work outer, Supplier<T> work) {
        try {
            return work.get();
        } catch (Throwable e) {
            outer.doomed = true;
            throw e;
        }
    }

    private void commit() {
        visible.writeLock().lock();
        try {
            for (Table<?, ?> each : tables) each.commit();
        } finally {
            visible.writeLock().unlock();
        }
    }

    private void refuseWhenCutOff() {
        if (cutOff) throw new Refusal.Unavailable("database", Duration.ofSeconds(1));
    }

    private static final class Work {
        private boolean doomed;
    }

    /** Rows by key, in the order in which they were first written. */
    public final class Table<K, V> {
        private final Map<K, V> committed = new LinkedHashMap<>();
        /** What the writer whose turn it is wrote; an empty value is a removed row. */
        private final Map<K, Optional<V>> written = new LinkedHashMap<>();

        private Table() {}

        /** The row as last committed or as written in this transaction. */
        public Optional<V> find(K key) {
            refuseWhenCutOff();
            if (turn.isHeldByCurrentThread()) {
                Optional<V> mine = written.get(key);
                if (mine != null) return mine;
            }
            return committed(key);
        }

        /** The row as last committed. */
        public Optional<V> committed(K key) {
            visible.readLock().lock();
            try {
                return Optional.ofNullable(committed.get(key));
            } finally {
                visible.readLock().unlock();
            }
        }

        /** Every row as last committed or as written in this transaction. */
        public List<V> all() {
            refuseWhenCutOff();
            Map<K, V> rows;
            visible.readLock().lock();
            try {
                rows = new LinkedHashMap<>(committed);
            } finally {
                visible.readLock().unlock();
            }
            if (turn.isHeldByCurrentThread()) apply(rows);
            return new ArrayList<>(rows.values());
        }

        /** Writes a row, in place of an earlier one; only inside {@link InMemoryStore#write}. */
        public void put(K key, V value) {
            mustBeWriting();
            writes.incrementAndGet();
            written.put(key, Optional.of(value));
        }

        /** Removes a row; only inside {@link InMemoryStore#write}. */
        public void remove(K key) {
            mustBeWriting();
            writes.incrementAndGet();
            written.put(key, Optional.empty());
        }

        private void mustBeWriting() {
            if (!turn.isHeldByCurrentThread()) throw new IllegalStateException("rows change inside write(...) only");
        }

        private void commit() {
            rowsWritten.addAndGet(written.size());
            apply(committed);
        }

        private void apply(Map<K, V> rows) {
            written.forEach(
                    (key, value) -> value.ifPresentOrElse(present -> rows.put(key, present), () -> rows.remove(key)));
        }
    }
}
