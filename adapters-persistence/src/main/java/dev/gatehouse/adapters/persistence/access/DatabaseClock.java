package dev.gatehouse.adapters.persistence.access;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The time by the clock of the database, as one process knows it: whatever the clocks of several machines say, a token
 * ends for all of them together. Measured each time the log is read, and counted on from there by the processor's timer;
 * until the first time, and where nobody measures, it is the machine's clock.
 */
@Singleton
@Named("database")
final class DatabaseClock implements InstantSource {
    /** By less than this it is not put right: it is the length of a round trip, and a clock should run evenly. */
    private static final Duration TOLERANCE = Duration.ofMillis(5);

    /** The processor's timer stands still while a machine is suspended; its clock does not. */
    private static final Duration SUSPENDED = Duration.ofMillis(500);

    private final InstantSource machine;
    private final LongSupplier nanos;
    private final AtomicReference<Optional<Anchor>> anchor = new AtomicReference<>(Optional.empty());

    /** What the database's clock, the timer and the machine's clock said at one moment. */
    private record Anchor(Instant there, long nanos, Instant machine) {}

    @Inject
    DatabaseClock() {
        this(InstantSource.system(), System::nanoTime);
    }

    DatabaseClock(InstantSource machine, LongSupplier nanos) {
        this.machine = machine;
        this.nanos = nanos;
    }

    @Override
    public Instant instant() {
        Instant here = machine.instant();
        return anchor.get().map(each -> countedOn(each, here)).orElse(here);
    }

    private Instant countedOn(Anchor from, Instant here) {
        long byTimer = nanos.getAsLong() - from.nanos();
        long byMachine = Duration.between(from.machine(), here).toNanos();
        // Too late rather than too early: no token may live longer because a machine slept.
        return from.there().plusNanos(byMachine - byTimer > SUSPENDED.toNanos() ? byMachine : byTimer);
    }

    /** How far the machine's clock is ahead of the database's; negative when it is behind, zero when nobody measured. */
    Duration skew() {
        return anchor.get()
                .map(each -> Duration.between(each.there(), each.machine()))
                .orElse(Duration.ZERO);
    }

    /**
     * Takes in what the database's clock said.
     *
     * @param asked {@link #nanos} before the database was asked
     */
    void measured(Instant there, long asked) {
        long answered = nanos.getAsLong();
        Duration halfway = Duration.ofNanos((answered - asked) / 2);
        Anchor measured = new Anchor(there.plus(halfway), answered, machine.instant());
        anchor.updateAndGet(before -> before.filter(each -> agree(each, measured, halfway.plus(TOLERANCE)))
                .or(() -> Optional.of(measured)));
    }

    /** Whether counting on from the one leads to the other, and the machine's clock ran evenly in between. */
    private static boolean agree(Anchor from, Anchor to, Duration tolerance) {
        Duration byTimer = Duration.ofNanos(to.nanos() - from.nanos());
        Duration byMachine = Duration.between(from.machine(), to.machine());
        Duration byDatabase = Duration.between(from.there(), to.there());
        return byDatabase.minus(byTimer).abs().compareTo(tolerance) <= 0
                && byMachine.minus(byTimer).abs().compareTo(tolerance) <= 0;
    }
}
