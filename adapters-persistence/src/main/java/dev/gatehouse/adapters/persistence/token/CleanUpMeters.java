package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.domain.token.CleanUp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What operators see of clean-ups: what this process did, and when any process was last done. Rehearsals are not counted. */
@Singleton
final class CleanUpMeters {
    private final Counter done;
    private final Counter failed;
    private final Counter cancelled;
    private final Counter examined;
    private final Counter revoked;
    private final Counter removed;
    private final AtomicReference<Instant> lastDone = new AtomicReference<>(Instant.EPOCH);

    CleanUpMeters(Optional<MeterRegistry> found) {
        MeterRegistry registry = found.orElseGet(SimpleMeterRegistry::new);
        done = runs(registry, "done");
        failed = runs(registry, "failed");
        cancelled = runs(registry, "cancelled");
        examined = tokens(registry, "examined");
        revoked = tokens(registry, "revoked");
        removed = tokens(registry, "removed");
        Gauge.builder("gatehouse.clean.up.last.success", () -> lastDone.get().toEpochMilli() / 1e3)
                .description("When a clean-up of tokens was last done, in seconds since 1970; 0: not within its memory")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    private static Counter runs(MeterRegistry registry, String outcome) {
        return Counter.builder("gatehouse.clean.up.runs")
                .tag("outcome", outcome)
                .description("Clean-ups of tokens that this process brought to an end")
                .register(registry);
    }

    private static Counter tokens(MeterRegistry registry, String act) {
        return Counter.builder("gatehouse.clean.up.tokens")
                .tag("act", act)
                .description("Tokens that this process looked at, revoked or removed in clean-ups")
                .register(registry);
    }

    /** A run went on, and that is committed. */
    void wentOn(CleanUp.Progress before, CleanUp after) {
        examined.increment((double) (after.progress().examined() - before.examined()));
        revoked.increment((double) (after.progress().revoked() - before.revoked()));
        removed.increment((double) (after.progress().removed() - before.removed()));
        switch (after.state()) {
            case CleanUp.State.Running running -> {}
            case CleanUp.State.Done(Instant at) -> {
                done.increment();
                wasDone(at);
            }
            case CleanUp.State.Failed over -> failed.increment();
            case CleanUp.State.Cancelled over -> cancelled.increment();
        }
    }

    /** Some process was done then. */
    void wasDone(Instant at) {
        lastDone.accumulateAndGet(at, (one, other) -> one.isAfter(other) ? one : other);
    }
}
