package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.access.SeenChanges.Numbered;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeenChangesTest {
    private static final AccessChange A = new AccessChange.OfCredential("a");
    private static final AccessChange B = new AccessChange.OfCredential("b");

    private final SeenChanges seen = new SeenChanges(10);

    @Test
    void what_was_read_touches_what_rests_on_it_and_nothing_else() {
        assertThat(seen.readOn(0, List.of(new Numbered(1, A)), 1)).isFalse();

        assertThat(seen.position()).isEqualTo(1);
        assertThat(seen.untouched(0, List.of(A))).isFalse();
        assertThat(seen.untouched(0, List.of(B, A))).isFalse();
        assertThat(seen.untouched(0, List.of(B))).isTrue();
        assertThat(seen.untouched(1, List.of(A))).isTrue();
    }

    @Test
    void everything_touches_whatever_was_remembered_before() {
        seen.readOn(0, List.of(new Numbered(1, A), new Numbered(2, new AccessChange.OfEverything())), 2);

        assertThat(seen.untouched(1, List.of(B))).isFalse();
        assertThat(seen.untouched(1, List.of())).isFalse();
        assertThat(seen.untouched(2, List.of(B))).isTrue();
    }

    /** The log had given out 2 and 3, and lost both when its file failed. */
    @Test
    void a_number_that_is_given_out_again_touches_what_was_remembered_under_the_first() {
        seen.readOn(0, List.of(new Numbered(1, A), new Numbered(2, A)), 2);
        seen.committed(3, List.of(A));
        long before = seen.position();

        seen.beginAnew(1);

        assertThat(seen.untouched(before, List.of(B))).isFalse();
        long anew = seen.position();
        assertThat(anew).isGreaterThan(before);
        seen.committed(2, List.of(B));
        assertThat(seen.untouched(anew, List.of(B))).isFalse();
        assertThat(seen.untouched(anew, List.of(A))).isTrue();
    }

    /** Others were quick: what the file lost was written again by the time it was asked. */
    @Test
    void a_log_that_is_as_long_again_is_not_taken_for_the_same() {
        seen.readOn(0, List.of(new Numbered(1, A), new Numbered(2, A)), 2);
        long before = seen.position();

        seen.beginAnew(2);

        assertThat(seen.untouched(before, List.of(B))).isFalse();
        seen.committed(3, List.of(B));
        assertThat(seen.untouched(seen.position() - 1, List.of(B))).isFalse();
        assertThat(seen.untouched(seen.position(), List.of(B))).isTrue();
    }

    @Test
    void nothing_is_untouched_since_never() {
        assertThat(seen.untouched(AccessChanges.NEVER, List.of())).isFalse();
    }

    /** Rows that were removed, or that an older version of this service counted and did not write. */
    @Test
    void a_gap_before_between_or_after_the_rows_makes_it_forget_everything() {
        assertThat(seen.readOn(0, List.of(new Numbered(2, A)), 2)).isTrue();
        assertThat(seen.untouched(0, List.of(B))).isFalse();
        assertThat(seen.untouched(2, List.of(A, B))).isTrue();

        assertThat(seen.readOn(2, List.of(new Numbered(3, A), new Numbered(5, A)), 5))
                .isTrue();
        assertThat(seen.untouched(4, List.of(B))).isFalse();
        assertThat(seen.untouched(5, List.of(A, B))).isTrue();

        assertThat(seen.readOn(5, List.of(new Numbered(6, A)), 7)).isTrue();
        assertThat(seen.untouched(6, List.of(B))).isFalse();
        assertThat(seen.readOn(7, List.of(), 9)).isTrue();
        assertThat(seen.untouched(8, List.of(B))).isFalse();
        assertThat(seen.position()).isEqualTo(9);
    }

    @Test
    void a_slower_reader_of_less_changes_nothing() {
        seen.readOn(0, List.of(new Numbered(1, A), new Numbered(2, B)), 2);

        assertThat(seen.readOn(0, List.of(new Numbered(1, A)), 1)).isFalse();

        assertThat(seen.position()).isEqualTo(2);
        assertThat(seen.untouched(1, List.of(A))).isTrue();
        assertThat(seen.untouched(1, List.of(B))).isFalse();
    }

    @Test
    void a_slower_reader_of_more_adds_it() {
        seen.readOn(0, List.of(new Numbered(1, A)), 1);

        assertThat(seen.readOn(0, List.of(new Numbered(1, A), new Numbered(2, B)), 2))
                .isFalse();

        assertThat(seen.position()).isEqualTo(2);
        assertThat(seen.untouched(1, List.of(B))).isFalse();
    }

    @Test
    void what_this_process_committed_holds_at_once_even_ahead_of_what_it_has_read() {
        seen.committed(3, List.of(A));

        assertThat(seen.position()).isZero();
        assertThat(seen.untouched(0, List.of(A))).isFalse();
        assertThat(seen.untouched(0, List.of(B))).isTrue();

        seen.readOn(0, List.of(new Numbered(1, B), new Numbered(2, B), new Numbered(3, A)), 3);
        assertThat(seen.position()).isEqualTo(3);
        assertThat(seen.untouched(2, List.of(A))).isFalse();
        assertThat(seen.untouched(3, List.of(A, B))).isTrue();
    }

    @Test
    void what_this_process_committed_next_in_order_need_not_be_read() {
        seen.committed(1, List.of(A, B));

        assertThat(seen.position()).isEqualTo(2);
        assertThat(seen.number()).isEqualTo(2);
        assertThat(seen.untouched(1, List.of(B))).isFalse();
        assertThat(seen.untouched(2, List.of(A, B))).isTrue();
    }

    /** A database restored from a backup, or a standby that had not everything. */
    @Test
    void a_log_that_went_back_makes_it_forget_and_its_positions_go_on() {
        LongStream.rangeClosed(1, 8).forEach(i -> seen.readOn(i - 1, List.of(new Numbered(i, B)), i));
        long before = seen.position();

        assertThat(seen.readOn(8, List.of(), 3)).isTrue();

        assertThat(seen.number()).isEqualTo(3);
        assertThat(seen.position()).isGreaterThan(before);
        assertThat(seen.untouched(before, List.of(A))).isFalse();
        long after = seen.position();
        assertThat(seen.readOn(3, List.of(new Numbered(4, A)), 4)).isFalse();
        assertThat(seen.untouched(after, List.of(A))).isFalse();
        assertThat(seen.untouched(after, List.of(B))).isTrue();
    }

    @Test
    void it_stays_small_and_takes_what_it_dropped_for_touched() {
        for (long i = 1; i <= 1_000; i++)
            seen.readOn(i - 1, List.of(new Numbered(i, new AccessChange.OfCredential("c" + i))), i);

        assertThat(seen.untouched(900, List.of(B))).isFalse();
        assertThat(seen.untouched(999, List.of(B))).isTrue();
        assertThat(seen.untouched(999, List.of(new AccessChange.OfCredential("c1000"))))
                .isFalse();
    }
}
