package dev.gatehouse.adapters.persistence.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.shared.MutableClock;
import dev.gatehouse.domain.access.AccessChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A node whose own clock is wrong neither prolongs a token nor ends it early. */
class DatabaseClockTest {
    private static final Instant END_OF_TOKEN = Instant.parse("2026-03-01T12:00:00Z");

    private final MutableClock machine = new MutableClock();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final DatabaseClock clock = new DatabaseClock(machine, nanos::get);

    @Test
    void until_somebody_measured_it_is_the_machines() {
        assertThat(clock.instant()).isEqualTo(machine.instant());
        assertThat(clock.skew()).isZero();
    }

    @Test
    void a_node_that_is_an_hour_behind_does_not_prolong_a_token() {
        machine.set(END_OF_TOKEN.minus(Duration.ofHours(1)));

        clock.measured(END_OF_TOKEN, nanos.get());

        assertThat(clock.instant()).isEqualTo(END_OF_TOKEN);
        assertThat(clock.skew()).isEqualTo(Duration.ofHours(-1));
    }

    @Test
    void a_node_that_is_an_hour_ahead_does_not_end_it_early() {
        machine.set(END_OF_TOKEN.plus(Duration.ofHours(1)));

        clock.measured(END_OF_TOKEN.minusSeconds(1), nanos.get());

        assertThat(clock.instant()).isEqualTo(END_OF_TOKEN.minusSeconds(1));
        assertThat(clock.skew()).isEqualTo(Duration.ofHours(1).plusSeconds(1));
    }

    @Test
    void nodes_whose_machines_disagree_by_a_day_agree_within_half_a_round_trip() {
        MutableClock other = new MutableClock();
        DatabaseClock elsewhere = new DatabaseClock(other, nanos::get);
        machine.set(END_OF_TOKEN.minus(Duration.ofHours(12)));
        other.set(END_OF_TOKEN.plus(Duration.ofHours(12)));
        long asked = nanos.get();
        passes(Duration.ofMillis(4), machine, other);

        clock.measured(END_OF_TOKEN, asked);
        elsewhere.measured(END_OF_TOKEN.plusMillis(3), asked);
        passes(Duration.ofSeconds(10), machine, other);

        assertThat(Duration.between(clock.instant(), elsewhere.instant()).abs())
                .isLessThanOrEqualTo(Duration.ofMillis(4));
        assertThat(Duration.between(END_OF_TOKEN.plusSeconds(10), clock.instant()))
                .isBetween(Duration.ZERO, Duration.ofMillis(4));
    }

    @Test
    void it_counts_on_evenly_whatever_the_machines_clock_is_put_back_to() {
        clock.measured(END_OF_TOKEN, nanos.get());
        machine.set(machine.instant().minus(Duration.ofDays(1)));
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(clock.instant()).isEqualTo(END_OF_TOKEN.plusSeconds(3));
    }

    /** The processor's timer stood still; until the database is asked, too late is better than too early. */
    @Test
    void a_machine_that_slept_does_not_prolong_a_token() {
        clock.measured(END_OF_TOKEN.minusSeconds(10), nanos.get());
        machine.advance(Duration.ofHours(1));

        assertThat(clock.instant()).isAfter(END_OF_TOKEN);
        clock.measured(END_OF_TOKEN.plusSeconds(3_500), nanos.get());
        assertThat(clock.instant()).isEqualTo(END_OF_TOKEN.plusSeconds(3_500));
    }

    @Test
    void small_differences_do_not_make_it_jump_and_large_ones_do() {
        clock.measured(END_OF_TOKEN, nanos.get());
        passes(Duration.ofSeconds(1), machine);

        clock.measured(END_OF_TOKEN.plusSeconds(1).plusMillis(3), nanos.get());
        assertThat(clock.instant()).isEqualTo(END_OF_TOKEN.plusSeconds(1));

        clock.measured(END_OF_TOKEN.plusSeconds(5), nanos.get());
        assertThat(clock.instant()).isEqualTo(END_OF_TOKEN.plusSeconds(5));
    }

    @Test
    void on_postgresql_the_time_is_the_servers() {
        TestDatabase database = TestDatabase.POSTGRESQL;
        database.port(AccessChanges.class).ask();
        database.portOfAnotherProcess(AccessChanges.class).ask();

        DatabaseClock one = database.port(DatabaseClock.class);
        DatabaseClock another = database.portOfAnotherProcess(DatabaseClock.class);

        assertThat(Duration.between(one.instant(), another.instant()).abs()).isLessThan(Duration.ofSeconds(1));
        assertThat(one.skew().abs()).isLessThan(Duration.ofSeconds(1));
    }

    private void passes(Duration time, MutableClock... machines) {
        nanos.addAndGet(time.toNanos());
        for (MutableClock each : machines) each.advance(time);
    }
}
