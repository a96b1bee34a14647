package dev.gatehouse.adapters.persistence.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What operators see of how changes travel between processes. */
@Singleton
final class AccessMeters {
    private final MeterRegistry registry;
    private final Timer delay;
    private final Counter forgotten;
    private final Counter lost;

    AccessMeters(Optional<MeterRegistry> found) {
        registry = found.orElseGet(SimpleMeterRegistry::new);
        delay = Timer.builder("gatehouse.revocation.delay")
                .description(
                        "From a change in another process to its being honoured in this one, by the database's clock")
                .serviceLevelObjectives(
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5))
                .register(registry);
        forgotten = Counter.builder("gatehouse.access.forgotten")
                .description("How often everything remembered was forgotten because the log did not reach back")
                .register(registry);
        lost = Counter.builder("gatehouse.access.connection.lost")
                .description("How often the connection that tells of changes broke or could not be made")
                .register(registry);
    }

    /** What is asked whenever somebody looks. */
    void watch(Supplier<Duration> age, Supplier<Duration> skew) {
        Gauge.builder("gatehouse.access.knowledge.age", () -> seconds(age.get()))
                .description("How old this process's knowledge of changes is; above one it asks the database each time")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
        Gauge.builder("gatehouse.clock.skew", () -> seconds(skew.get()))
                .description("How far this machine's clock is ahead of the database's, which is the one that counts")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    void seen(Duration after) {
        delay.record(after.isNegative() ? Duration.ZERO : after);
    }

    void forgot() {
        forgotten.increment();
    }

    void lost() {
        lost.increment();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
