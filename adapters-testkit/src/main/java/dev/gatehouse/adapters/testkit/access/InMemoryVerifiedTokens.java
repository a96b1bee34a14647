package dev.gatehouse.adapters.testkit.access;

import dev.gatehouse.domain.access.VerifiedTokens;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A memory of tokens without a bound, for tests. */
public final class InMemoryVerifiedTokens implements VerifiedTokens {
    private final Map<String, Verified> remembered = new ConcurrentHashMap<>();

    @Override
    public Optional<Verified> find(String digest) {
        return Optional.ofNullable(remembered.get(digest));
    }

    @Override
    public void remember(String digest, Verified verified) {
        remembered.put(digest, verified);
    }
}
