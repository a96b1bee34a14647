package dev.gatehouse.adapters.testkit.access;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.SeenChanges;
import dev.gatehouse.domain.shared.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The log in memory; several of one store are as several processes. */
public final class InMemoryAccessChanges implements AccessChanges {
    private static final long COUNT = 0;

    private final InMemoryStore store;
    /** Of each number its change, and under {@link #COUNT} the last number. */
    private final InMemoryStore.Table<Long, Row> rows;

    private final SeenChanges seen = new SeenChanges();
    private volatile boolean stale;
    private volatile boolean behind;

    private record Row(long number, AccessChange change) {}

    public InMemoryAccessChanges(InMemoryStore store) {
        this(store, store.table());
    }

    private InMemoryAccessChanges(InMemoryStore store, InMemoryStore.Table<Long, Row> rows) {
        this.store = store;
        this.rows = rows;
    }

    /** The same log as another process knows it. */
    public InMemoryAccessChanges inAnotherProcess() {
        return new InMemoryAccessChanges(store, rows);
    }

    /** From now on what is known is too old to be used, until somebody has asked; it has not kept up even then. */
    public void goStale() {
        stale = true;
        behind = true;
    }

    /** From now on it has kept up again for long enough. */
    public void catchUp() {
        behind = false;
    }

    @Override
    public void append(List<AccessChange> changes) {
        if (changes.isEmpty()) return;
        store.write(() -> {
            long number = rows.find(COUNT).map(Row::number).orElse(0L);
            for (AccessChange each : changes) {
                number++;
                rows.put(number, new Row(number, each));
                rows.put(COUNT, new Row(number, each));
            }
            return true;
        });
    }

    @Override
    public OptionalLong known() {
        return isStale() ? OptionalLong.empty() : OptionalLong.of(readOn());
    }

    @Override
    public boolean untouched(long since, Collection<AccessChange> restsOn) {
        if (isStale()) return false;
        readOn();
        return seen.untouched(since, restsOn);
    }

    @Override
    public boolean keptUp() {
        return !isStale() && !behind;
    }

    @Override
    public long ask() {
        if (store.isCutOff()) throw new Refusal.Unavailable("database", Duration.ofSeconds(1));
        long position = readOn();
        stale = false;
        return position;
    }

    private boolean isStale() {
        return stale || store.isCutOff();
    }

    /** What an open transaction appended may never have happened, so nobody may come to know of it here. */
    private long readOn() {
        long after = seen.number();
        long end = rows.committed(COUNT).map(Row::number).orElse(0L);
        List<SeenChanges.Numbered> read = new ArrayList<>();
        for (long number = after + 1; number <= end; number++) {
            Optional<Row> row = rows.committed(number);
            if (row.isPresent())
                read.add(new SeenChanges.Numbered(number, row.get().change()));
        }
        seen.readOn(after, read, end);
        return seen.position();
    }
}
