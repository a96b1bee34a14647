package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.account.SignInFailures;
import dev.gatehouse.domain.account.SignInPlace;
import java.time.Duration;
import java.time.Instant;

/** Failed sign-ins in memory. */
public final class InMemorySignInFailures implements SignInFailures {
    private final InMemoryStore store;
    private final InMemoryStore.Table<Key, Count> rows;
    private final InMemoryStore.Table<Pressed, Instant> pressures;
    private final InMemoryStore.Table<Key, Instant> successes;
    private final InMemoryStore.Table<Key, Key> keys;
    private final InMemoryStore.Table<Pressed, Pressed> pressed;

    public InMemorySignInFailures(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
        this.pressures = store.table();
        this.successes = store.table();
        this.keys = store.table();
        this.pressed = store.table();
    }

    @Override
    public Past past(Key key, SignInPlace place) {
        return new Past(
                rows.find(key),
                pressures.find(new Pressed.Place(place)),
                pressures.find(new Pressed.Name(key.name())),
                successes.find(key));
    }

    @Override
    public void add(Key key, Instant now, Duration window) {
        store.write(() -> {
            int before = rows.find(key)
                    .filter(each -> now.isBefore(each.last().plus(window)))
                    .map(Count::failures)
                    .orElse(0);
            rows.put(key, new Count(before + 1, now));
            keys.put(key, key);
            return true;
        });
    }

    @Override
    public void press(Pressed of, Duration more, Instant now) {
        store.write(() -> {
            Instant from = pressures.find(of).filter(now::isBefore).orElse(now);
            pressures.put(of, from.plus(more));
            pressed.put(of, of);
            return true;
        });
    }

    @Override
    public void succeeded(Key key, Instant now) {
        store.write(() -> {
            successes.put(key, successes.find(key).filter(now::isBefore).orElse(now));
            keys.put(key, key);
            return true;
        });
    }

    @Override
    public int purge(Instant failuresBefore, Instant successesBefore) {
        return store.write(() -> {
            int removed = 0;
            for (Key each : keys.all()) {
                if (rows.find(each)
                        .filter(count -> count.last().isBefore(failuresBefore))
                        .isPresent()) {
                    rows.remove(each);
                    removed++;
                }
                if (successes.find(each).filter(successesBefore::isAfter).isPresent()) {
                    successes.remove(each);
                    removed++;
                }
                if (rows.find(each).isEmpty() && successes.find(each).isEmpty()) keys.remove(each);
            }
            for (Pressed each : pressed.all()) {
                if (pressures.find(each).filter(failuresBefore::isAfter).isPresent()) {
                    pressures.remove(each);
                    pressed.remove(each);
                    removed++;
                }
            }
            return removed;
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
