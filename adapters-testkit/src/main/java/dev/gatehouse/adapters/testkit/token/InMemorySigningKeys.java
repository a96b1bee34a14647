package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Signing keys in memory. */
public final class InMemorySigningKeys implements SigningKeys {
    private final InMemoryStore store;
    private final InMemoryStore.Table<String, SigningKey> rows;
    private final InMemoryStore.Table<String, Boolean> ended;

    public InMemorySigningKeys(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
        this.ended = store.table();
    }

    @Override
    public List<SigningKey> all() {
        return rows.all().stream()
                .sorted(Comparator.comparing(SigningKey::createdAt).reversed().thenComparing(SigningKey::kid))
                .toList();
    }

    @Override
    public List<SigningKey> hold() {
        return store.write(this::all);
    }

    @Override
    public boolean insertFirst(SigningKey key) {
        return store.write(() -> {
            if (!rows.all().isEmpty()) return false;
            rows.put(key.kid(), key);
            return true;
        });
    }

    @Override
    public void insert(SigningKey key) {
        store.write(() -> {
            if (rows.find(key.kid()).isPresent())
                throw new Refusal.Conflict(Refusal.Conflict.Reason.ALREADY_EXISTS, SigningKey.KIND, key.kid());
            rows.put(key.kid(), key);
            return true;
        });
    }

    @Override
    public boolean activate(String kid, Instant from) {
        return change(
                kid,
                key -> !key.isRevoked() && key.activeFrom().map(from::isBefore).orElse(true),
                key -> key.from(from));
    }

    @Override
    public boolean revoke(String kid, Instant at, String by) {
        return change(kid, key -> !key.isRevoked(), key -> key.revoke(at, by));
    }

    @Override
    public List<String> withLiveRecords() {
        return rows.all().stream()
                .filter(each -> each.isRevoked() && ended.find(each.kid()).isEmpty())
                .map(SigningKey::kid)
                .toList();
    }

    @Override
    public void recordsEnded(String kid) {
        store.write(() -> {
            ended.put(kid, true);
            return true;
        });
    }

    @Override
    public boolean removeStandby(String kid) {
        return store.write(() -> {
            boolean standby = rows.find(kid).filter(SigningKey::isStandby).isPresent();
            if (standby) rows.remove(kid);
            return standby;
        });
    }

    private boolean change(String kid, Predicate<SigningKey> condition, UnaryOperator<SigningKey> change) {
        return store.write(() -> {
            var found = rows.find(kid).filter(condition);
            found.ifPresent(key -> rows.put(kid, change.apply(key)));
            return found.isPresent();
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
