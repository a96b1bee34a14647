package dev.gatehouse.adapters.testkit.access;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.shared.Refusal;
import java.util.OptionalLong;

/** The count of changes in memory; all instances over one store are one process. */
public final class InMemoryAccessChanges implements AccessChanges {
    private static final String THE_ONE = "count";

    private final InMemoryStore store;
    private final InMemoryStore.Table<String, Long> rows;

    public InMemoryAccessChanges(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public void count() {
        store.write(() -> {
            rows.put(THE_ONE, rows.find(THE_ONE).orElse(0L) + 1);
            return true;
        });
    }

    @Override
    public OptionalLong known() {
        if (store.isCutOff()) return OptionalLong.empty();
        return OptionalLong.of(rows.committed(THE_ONE).orElse(0L));
    }

    @Override
    public long ask() {
        return known().orElseThrow(() -> new Refusal.Unavailable("database", BOUND));
    }
}
