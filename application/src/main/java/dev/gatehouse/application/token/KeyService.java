package dev.gatehouse.application.token;

import dev.gatehouse.domain.token.PublishedKey;
import dev.gatehouse.domain.token.PublishedKeys;
import java.util.List;

/** Hands on the public keys. */
public final class KeyService implements PublishingKeys {
    private final PublishedKeys keys;

    public KeyService(PublishedKeys keys) {
        this.keys = keys;
    }

    @Override
    public List<PublishedKey> published() {
        return keys.published();
    }
}
