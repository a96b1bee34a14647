package dev.gatehouse.adapters.security.token;

import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;
import java.util.ArrayList;
import java.util.List;

/** A store of keys that another process can add to and that can be made to fail. */
final class ListedKeys implements SigningKeys {
    private final List<SigningKey> keys = new ArrayList<>();
    private boolean failing;
    private int reads;

    @Override
    public synchronized List<SigningKey> all() {
        reads++;
        if (failing) throw new IllegalStateException("the store does not answer");
        return List.copyOf(keys);
    }

    @Override
    public synchronized boolean insertFirst(SigningKey key) {
        return keys.isEmpty() && keys.add(key);
    }

    /** As another process does when it rotates. */
    synchronized void putFirst(SigningKey key) {
        keys.addFirst(key);
    }

    synchronized void failFromNowOn(boolean whether) {
        failing = whether;
    }

    synchronized int reads() {
        return reads;
    }
}
