package dev.gatehouse.adapters.persistence.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.persistence.access.Readings.Moment;
import dev.gatehouse.domain.access.AccessChanges;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Moment START = new Moment(-5, 1_795_000_000_000L);

    @Test
    void before_the_first_nothing_is_known() {
        Readings none = Readings.none(START);

        assertThat(none.areNone()).isTrue();
        assertThat(none.areFreshAt(START)).isFalse();
        assertThat(none.keptUpAt(START)).isFalse();
    }

    @Test
    void a_process_that_just_started_has_kept_up() {
        Readings first = Readings.none(START).with(START);

        assertThat(first.areNone()).isFalse();
        assertThat(first.areFreshAt(START)).isTrue();
        assertThat(first.keptUpAt(START)).isTrue();
    }

    @Test
    void what_was_read_is_fresh_for_the_bound() {
        Readings first = Readings.none(START).with(START);

        assertThat(first.areFreshAt(after(AccessChanges.BOUND))).isTrue();
        assertThat(first.areFreshAt(after(AccessChanges.BOUND.plus(MILLI)))).isFalse();
    }

    @Test
    void a_process_that_is_in_a_pause_has_not_kept_up() {
        Readings first = Readings.none(START).with(START);

        assertThat(first.keptUpAt(after(Readings.PAUSE))).isTrue();
        assertThat(first.keptUpAt(after(Readings.PAUSE.plus(MILLI)))).isFalse();
    }

    @Test
    void after_a_pause_a_process_has_to_keep_up_for_a_while() {
        Duration pause = Readings.PAUSE.plus(MILLI);
        Readings readings = Readings.none(START).with(START).with(after(pause));

        for (Duration each = Duration.ZERO;
                each.compareTo(AccessChanges.BACKLOG) < 0;
                each = each.plus(Readings.PAUSE)) {
            readings = readings.with(after(pause.plus(each)));
            assertThat(readings.keptUpAt(after(pause.plus(each))))
                    .as("%s later", each)
                    .isFalse();
        }
        assertThat(readings.keptUpAt(after(pause.plus(AccessChanges.BACKLOG)))).isTrue();
    }

    @Test
    void one_that_was_overtaken_by_a_later_one_is_no_pause() {
        Moment later = after(Readings.PAUSE);
        Readings readings = Readings.none(START).with(START).with(later);

        assertThat(readings.with(after(MILLI))).isEqualTo(readings);
        assertThat(readings.keptUpAt(later)).isTrue();
    }

    @Test
    void a_machine_whose_timer_stood_still_is_told_by_its_clock() {
        Moment woken = new Moment(START.nanos(), after(Duration.ofHours(1)).millis());
        Readings asleep = Readings.none(START).with(START);

        assertThat(asleep.areFreshAt(woken)).isFalse();
        assertThat(asleep.keptUpAt(woken)).isFalse();
        Moment read = new Moment(START.nanos() + 1, woken.millis());
        assertThat(asleep.with(read).areFreshAt(read)).isTrue();
        assertThat(asleep.with(read).keptUpAt(read)).isFalse();
    }

    private static Moment after(Duration time) {
        return new Moment(START.nanos() + time.toNanos(), START.millis() + time.toMillis());
    }
}
