package dev.gatehouse.adapters.testkit.access;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.shared.Refusal;
import java.time.Duration;
import java.util.OptionalLong;

/** The count of changes in memory; several of one store are as several processes. */
public final class InMemoryAccessChanges implements AccessChanges {
    private static final String COUNT = "count";

    private final InMemoryStore store;
    private final InMemoryStore.Table<String, Long> rows;
    private volatile boolean stale;

    public InMemoryAccessChanges(InMemoryStore store) {
        this(store, store.table());
    }

    private InMemoryAccessChanges(InMemoryStore store, InMemoryStore.Table<String, Long> rows) {
        this.store = store;
        this.rows = rows;
    }

    /** The same count as another process knows it. */
    public InMemoryAccessChanges inAnotherProcess() {
        return new InMemoryAccessChanges(store, rows);
    }

    /** From now on what is known is too old to be used, until somebody has asked. */
    public void goStale() {
        stale = true;
    }

    @Override
    public void count() {
        store.write(() -> {
            rows.put(COUNT, rows.find(COUNT).orElse(0L) + 1);
            return true;
        });
    }

    @Override
    public OptionalLong known() {
        return stale || store.isCutOff()
                ? OptionalLong.empty()
                : OptionalLong.of(rows.committed(COUNT).orElse(0L));
    }

    @Override
    public long ask() {
        if (store.isCutOff()) throw new Refusal.Unavailable("database", Duration.ofSeconds(1));
        // What an open transaction counted may never have happened, so nobody may come to know of it here.
        long count = rows.committed(COUNT).orElse(0L);
        stale = false;
        return count;
    }
}
