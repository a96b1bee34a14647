package dev.gatehouse.adapters.security.token;

import dev.gatehouse.adapters.testkit.access.InMemoryAccessChanges;
import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.token.InMemorySigningKeys;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;
import java.time.Instant;
import java.util.List;

/** A store of keys that another process can add to and that can be made to fail. */
final class ListedKeys implements SigningKeys {
    private final InMemoryStore store = new InMemoryStore();
    private final InMemorySigningKeys keys = new InMemorySigningKeys(store);
    private final InMemoryAccessChanges changes = new InMemoryAccessChanges(store);
    private boolean failing;
    private int reads;

    /** What counts the changes to this store. */
    InMemoryAccessChanges changes() {
        return changes;
    }

    @Override
    public synchronized List<SigningKey> all() {
        reads++;
        if (failing) throw new IllegalStateException("the store does not answer");
        return keys.all();
    }

    @Override
    public List<SigningKey> hold() {
        return keys.hold();
    }

    @Override
    public boolean insertFirst(SigningKey key) {
        return keys.insertFirst(key);
    }

    @Override
    public void insert(SigningKey key) {
        keys.insert(key);
    }

    @Override
    public boolean activate(String kid, Instant from) {
        return keys.activate(kid, from);
    }

    @Override
    public boolean revoke(String kid, Instant at, String by) {
        return keys.revoke(kid, at, by);
    }

    @Override
    public List<String> withLiveRecords() {
        return keys.withLiveRecords();
    }

    @Override
    public void recordsEnded(String kid) {
        keys.recordsEnded(kid);
    }

    @Override
    public boolean removeStandby(String kid) {
        return keys.removeStandby(kid);
    }

    /** As another process does when it rotates. */
    void put(SigningKey key) {
        store.write(() -> {
            keys.plant(key);
            changes.append(new AccessChange.OfKeys());
            return true;
        });
    }

    synchronized void failFromNowOn(boolean whether) {
        failing = whether;
    }

    synchronized int reads() {
        return reads;
    }
}
