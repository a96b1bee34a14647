package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.token.Repeats;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was made under idempotency keys, in memory. */
public final class InMemoryRepeats implements Repeats {
    private final InMemoryStore store;
    private final InMemoryStore.Table<List<String>, Repeat> rows;

    public InMemoryRepeats(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public Optional<Repeat> find(String caller, String key, Instant now) {
        return rows.find(List.of(caller, key)).filter(each -> each.at().isAfter(now.minus(REMEMBERED)));
    }

    @Override
    public boolean remember(Repeat repeat) {
        return store.write(() -> {
            if (find(repeat.caller(), repeat.key(), repeat.at()).isPresent()) return false;
            rows.put(List.of(repeat.caller(), repeat.key()), repeat);
            return true;
        });
    }

    @Override
    public int forgetUntil(Instant moment) {
        return store.write(() -> {
            List<Repeat> old = rows.all().stream()
                    .filter(each -> !each.at().isAfter(moment))
                    .toList();
            old.forEach(each -> rows.remove(List.of(each.caller(), each.key())));
            return old.size();
        });
    }
}
