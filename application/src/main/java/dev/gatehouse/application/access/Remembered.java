package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What was read from the store, for as long as what it rests on does not change; so many at most. */
final class Remembered<K, V> {
    private final AccessChanges changes;
    private final Function<K, AccessChange> restsOn;
    private final int most;
    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();

    private record Entry<V>(long since, List<AccessChange> restsOn, V value) {}

    /** @param restsOn the one change that matters to what is kept under a key */
    Remembered(AccessChanges changes, Function<K, AccessChange> restsOn, int most) {
        this.changes = changes;
        this.restsOn = restsOn;
        this.most = most;
    }

    /** From memory, or read now; then it may ask the store. */
    V get(K key, Function<K, V> read) {
        Optional<V> known = recall(key);
        if (known.isPresent()) return known.get();
        // Taken before the reading, so that a change in between makes what was read old, never new.
        long since = changes.known().orElse(AccessChanges.NEVER);
        V value = read.apply(key);
        if (since != AccessChanges.NEVER) {
            if (entries.size() >= most) entries.clear();
            entries.put(key, new Entry<>(since, List.of(restsOn.apply(key)), value));
        }
        return value;
    }

    /** From memory alone. */
    Optional<V> recall(K key) {
        return Optional.ofNullable(entries.get(key))
                .filter(each -> changes.untouched(each.since(), each.restsOn()))
                .map(Entry::value);
    }
}
