package dev.gatehouse.bootstrap.architecture.broken.r9.domain.account;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.function.Supplier;

/** Takes the time. */
final class Clocks {
    Instant now() {
        return Instant.now();
    }

    Supplier<LocalDate> later() {
        return LocalDate::now;
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    InstantSource source() {
        return InstantSource.system();
    }

    long millis() {
        return System.currentTimeMillis();
    }
}
