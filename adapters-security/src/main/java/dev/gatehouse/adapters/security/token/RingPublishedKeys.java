package dev.gatehouse.adapters.security.token;

import dev.gatehouse.domain.token.PublishedKey;
import dev.gatehouse.domain.token.PublishedKeys;
import jakarta.inject.Singleton;
import java.util.List;

/** The public halves of the keys on the ring. */
@Singleton
final class RingPublishedKeys implements PublishedKeys {
    private final KeyRing keys;

    RingPublishedKeys(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public List<PublishedKey> published() {
        return keys.all().stream().map(OwnKey::published).toList();
    }
}
