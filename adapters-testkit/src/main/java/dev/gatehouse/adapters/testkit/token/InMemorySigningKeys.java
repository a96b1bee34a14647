package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;
import java.util.Comparator;
import java.util.List;

/** Signing keys in memory. */
public final class InMemorySigningKeys implements SigningKeys {
    private final InMemoryStore store;
    private final InMemoryStore.Table<String, SigningKey> rows;

    public InMemorySigningKeys(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public List<SigningKey> all() {
        return rows.all().stream()
                .sorted(Comparator.comparing(SigningKey::createdAt).reversed().thenComparing(SigningKey::kid))
                .toList();
    }

    @Override
    public boolean insertFirst(SigningKey key) {
        return store.write(() -> {
            if (!rows.all().isEmpty()) return false;
            rows.put(key.kid(), key);
            return true;
        });
    }

    /** Adds a key whatever there is. */
    public void plant(SigningKey key) {
        store.write(() -> {
            rows.put(key.kid(), key);
            return true;
        });
    }
}
