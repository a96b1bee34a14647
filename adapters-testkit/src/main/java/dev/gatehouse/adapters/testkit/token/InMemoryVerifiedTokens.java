package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.VerifiedTokens;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers the last {@value #MOST} tokens. */
public final class InMemoryVerifiedTokens implements VerifiedTokens {
    private static final int MOST = 10_000;

    private final Map<String, Verified> remembered = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > MOST;
        }
    });

    @Override
    public Optional<Verified> find(PlainToken token) {
        return Optional.ofNullable(remembered.get(token.digest()));
    }

    @Override
    public void remember(PlainToken token, Verified verified) {
        remembered.put(token.digest(), verified);
    }

    /** Forgets everything, as it may at any time. */
    public void forget() {
        remembered.clear();
    }
}
