package dev.gatehouse.adapters.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What all {@link AccessChanges} promise. Nobody else may count in the same store meanwhile. */
public interface AccessChangesContract {
    /** A machine under load wakes nobody in time; a test that waits this long has waited in vain. */
    Duration PATIENCE = Duration.ofSeconds(60);

    /** The port under test. */
    AccessChanges accessChanges();

    /** The port of another process, over the same store. The same at each call. */
    AccessChanges anotherAccessChanges();

    /** The port of a process that has not reached its store for longer than {@link AccessChanges#BOUND}. */
    AccessChanges cutOffAccessChanges();

    /** The transactions in which the port under test takes part. */
    Transactions transactions();

    @Test
    default void this_process_knows_of_a_change_when_the_transaction_has_returned() {
        for (int i = 0; i < 20; i++) {
            long before = accessChanges().ask();

            transactions().inTransaction(() -> accessChanges().count());

            assertThat(knownSoon(accessChanges())).isGreaterThan(before);
            assertThat(accessChanges().ask()).isGreaterThan(before);
        }
    }

    @Test
    default void nobody_knows_of_a_change_before_its_transaction_has_returned() {
        long before = accessChanges().ask();

        transactions().inTransaction(() -> {
            accessChanges().count();
            assertThat(accessChanges().known()).isIn(OptionalLong.of(before), OptionalLong.empty());
            assertThat(anotherAccessChanges().ask()).isEqualTo(before);
        });

        assertThat(accessChanges().ask()).isGreaterThan(before);
    }

    @Test
    default void several_changes_in_one_transaction_are_as_good_as_one() {
        long before = accessChanges().ask();

        transactions().inTransaction(() -> {
            accessChanges().count();
            accessChanges().count();
            transactions().inTransaction(() -> accessChanges().count());
        });

        assertThat(knownSoon(accessChanges())).isGreaterThan(before);
        assertThat(accessChanges().ask()).isEqualTo(knownSoon(accessChanges()));
    }

    @Test
    default void a_transaction_that_failed_counted_nothing() {
        long before = accessChanges().ask();

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    accessChanges().count();
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(accessChanges().ask()).isEqualTo(before);
        assertThat(knownSoon(accessChanges())).isEqualTo(before);
        assertThat(anotherAccessChanges().ask()).isEqualTo(before);
    }

    @Test
    default void what_is_asked_is_at_least_what_was_known() {
        for (int i = 0; i < 10; i++) {
            transactions().inTransaction(() -> accessChanges().count());
            long known = knownSoon(accessChanges());
            assertThat(accessChanges().ask()).isGreaterThanOrEqualTo(known);
        }
    }

    @Test
    default void asking_makes_it_known() {
        transactions().inTransaction(() -> accessChanges().count());

        long asked = anotherAccessChanges().ask();

        assertThat(asked).isEqualTo(accessChanges().ask());
        assertThat(knownSoon(anotherAccessChanges())).isGreaterThanOrEqualTo(asked);
    }

    @Test
    default void another_process_stops_trusting_what_it_knew_within_the_bound() {
        AccessChanges another = anotherAccessChanges();
        for (int round = 0; round < 3; round++) {
            another.ask();
            transactions().inTransaction(() -> accessChanges().count());
            long acknowledged = System.nanoTime();
            long counted = accessChanges().ask();

            long limit = acknowledged + PATIENCE.toNanos();
            while (true) {
                long lookedAt = System.nanoTime();
                OptionalLong known = another.known();
                if (known.isPresent() && known.getAsLong() >= counted) break;
                boolean late = lookedAt - acknowledged > AccessChanges.BOUND.toNanos();
                assertThat(known.isPresent() && late)
                        .as("trusted an old count %s ns after the change", lookedAt - acknowledged)
                        .isFalse();
                assertThat(lookedAt).as("the change never arrived").isLessThan(limit);
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            }
        }
    }

    @Test
    default void the_count_never_goes_back_and_misses_nobody() {
        long before = accessChanges().ask();
        int writers = 6;
        AtomicInteger atWork = new AtomicInteger(writers);

        Race<Boolean> race = Race.between(List.of(
                () -> writesAndSeesIt(atWork),
                () -> writesAndSeesIt(atWork),
                () -> writesAndSeesIt(atWork),
                () -> writesAndSeesIt(atWork),
                () -> writesAndSeesIt(atWork),
                () -> writesAndSeesIt(atWork),
                () -> neverGoesBack(accessChanges(), atWork),
                () -> neverGoesBack(anotherAccessChanges(), atWork)));

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsOnly(true);
        assertThat(accessChanges().ask()).isGreaterThanOrEqualTo(before + 1);
    }

    @Test
    default void a_process_that_could_not_refresh_knows_nothing_and_says_so() {
        assertThat(cutOffAccessChanges().known()).isEmpty();
        assertThatExceptionOfType(Refusal.Unavailable.class)
                .isThrownBy(() -> cutOffAccessChanges().ask());
        assertThat(cutOffAccessChanges().known()).isEmpty();
    }

    private boolean writesAndSeesIt(AtomicInteger atWork) {
        try {
            boolean seen = true;
            for (int i = 0; i < 20; i++) {
                long before = accessChanges().ask();
                transactions().inTransaction(() -> accessChanges().count());
                OptionalLong known = accessChanges().known();
                seen &= accessChanges().ask() > before && (known.isEmpty() || known.getAsLong() > before);
            }
            return seen;
        } finally {
            atWork.decrementAndGet();
        }
    }

    private static boolean neverGoesBack(AccessChanges changes, AtomicInteger atWork) {
        long highest = 0;
        while (atWork.get() > 0) {
            OptionalLong known = changes.known();
            if (known.isPresent()) {
                if (known.getAsLong() < highest) return false;
                highest = known.getAsLong();
            }
            long asked = changes.ask();
            if (asked < highest) return false;
            highest = asked;
        }
        return true;
    }

    /** A loaded machine may let a process fall behind for a moment; then it knows nothing until it has asked again. */
    private static long knownSoon(AccessChanges changes) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            OptionalLong known = changes.known();
            if (known.isPresent()) return known.getAsLong();
            assertThat(System.nanoTime()).as("nothing is known for long").isLessThan(limit);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }
}
