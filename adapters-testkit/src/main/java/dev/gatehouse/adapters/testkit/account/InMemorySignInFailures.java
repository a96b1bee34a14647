package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.account.SignInFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Failed sign-ins in memory. */
public final class InMemorySignInFailures implements SignInFailures {
    private final InMemoryStore store;
    private final InMemoryStore.Table<Key, Count> rows;

    public InMemorySignInFailures(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public Optional<Count> of(Key key) {
        return rows.find(key);
    }

    @Override
    public void add(Key key, Instant now, Duration window) {
        store.write(() -> {
            int before = rows.find(key)
                    .filter(each -> now.isBefore(each.last().plus(window)))
                    .map(Count::failures)
                    .orElse(0);
            rows.put(key, new Count(before + 1, now));
            return true;
        });
    }

    @Override
    public void clear(Key key) {
        store.write(() -> {
            rows.remove(key);
            return true;
        });
    }
}
