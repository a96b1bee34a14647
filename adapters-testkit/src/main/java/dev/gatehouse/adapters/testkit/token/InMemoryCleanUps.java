package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.token.CleanUp;
import dev.gatehouse.domain.token.CleanUpId;
import dev.gatehouse.domain.token.CleanUps;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Runs of the clean-up in memory. */
public final class InMemoryCleanUps implements CleanUps {
    private static final int MOST = 100;

    private final InMemoryStore store;
    private final InMemoryStore.Table<CleanUpId, CleanUp> rows;

    public InMemoryCleanUps(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public boolean insert(CleanUp run) {
        return store.write(() -> {
            if (rows.find(run.id()).isPresent()) return false;
            rows.put(run.id(), run);
            return true;
        });
    }

    @Override
    public Optional<CleanUp> find(CleanUpId id) {
        return rows.find(id);
    }

    @Override
    public Optional<CleanUp> hold(CleanUpId id) {
        return store.write(() -> rows.find(id));
    }

    @Override
    public boolean update(CleanUp run) {
        return store.write(() -> {
            if (rows.find(run.id()).isEmpty()) return false;
            rows.put(run.id(), run);
            return true;
        });
    }

    @Override
    public List<CleanUp> unfinished() {
        return rows.all().stream()
                .filter(CleanUp::isRunning)
                .sorted(Comparator.comparing(CleanUp::startedAt)
                        .thenComparing(each -> each.id().value()))
                .limit(MOST)
                .toList();
    }

    @Override
    public int forgetBefore(Instant moment) {
        return store.write(() -> {
            List<CleanUp> old = rows.all().stream()
                    .filter(each -> !each.isRunning() && each.startedAt().isBefore(moment))
                    .toList();
            old.forEach(each -> rows.remove(each.id()));
            return old.size();
        });
    }
}
