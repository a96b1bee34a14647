package dev.gatehouse.adapters.testkit.shared;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told otherwise. */
public final class MutableClock implements InstantSource {
    private final AtomicReference<Instant> now;

    public MutableClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    /** Stands at {@link Samples#NOW}. */
    public MutableClock() {
        this(Samples.NOW);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Goes on, or back when negative. */
    public void advance(Duration length) {
        now.updateAndGet(each -> each.plus(length));
    }

    /** Stands there from now on. */
    public void set(Instant instant) {
        now.set(instant);
    }
}
