package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeyMaker;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Keys {@code key-1}, {@code key-2}…, which sign nothing. For tests. */
public final class CountingKeys implements SigningKeyMaker {
    private final AtomicInteger made = new AtomicInteger();

    @Override
    public SigningKey make(SigningKey.Algorithm algorithm, Instant now) {
        int number = made.incrementAndGet();
        return new SigningKey(
                "key-" + number,
                algorithm,
                new SealedSecret("sealed-" + number),
                now,
                Optional.empty(),
                Optional.empty());
    }
}
