package dev.gatehouse.bootstrap;

import dev.gatehouse.domain.token.TokenId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators of tokens that had been rotated and closed and were shown all the same, while this process did not keep up:
 * each is counted, and the log says so once a minute at most.
 */
@Singleton
final class UnjudgedReuse {
    private static final Logger LOG = LoggerFactory.getLogger(UnjudgedReuse.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final Counter counter;
    private final InstantSource clock;
    private final AtomicReference<Instant> lastLine = new AtomicReference<>(Instant.EPOCH);

    UnjudgedReuse(Optional<MeterRegistry> found, InstantSource clock) {
        this.counter = Counter.builder("gatehouse.token.reuse.unjudged")
                .description("Closed tokens that were shown while this process did not keep up, and so ended no family")
                .register(found.orElseGet(SimpleMeterRegistry::new));
        this.clock = clock;
    }

    void tell(TokenId token) {
        counter.increment();
        Instant now = clock.instant();
        Instant before = lastLine.get();
        if (now.isBefore(before.plus(BETWEEN_LINES)) || !lastLine.compareAndSet(before, now)) return;
        LOG.warn(
                "token.reuse.unjudged: the token {} was shown after it had been rotated and closed. It is refused, but"
                        + " its successor goes on: this process stood still or lost the database a moment ago, so the"
                        + " request may have waited since before. If nobody of yours still uses it, revoke its successor",
                token.value());
    }
}
