package dev.gatehouse.adapters.testkit.access;

import static dev.gatehouse.adapters.testkit.shared.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.UsedRights;
import dev.gatehouse.domain.access.UsedRights.Gap;
import dev.gatehouse.domain.access.UsedRights.Tally;
import dev.gatehouse.domain.access.UsedRights.Used;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What all {@link UsedRights} promise. */
public interface UsedRightsContract {
    LocalDate DAY = LocalDate.of(2026, 3, 1);
    AccessQuestion SYNC = new AccessQuestion("applications", "sync", "demo/web");
    AccessQuestion READ = new AccessQuestion("applications", "get", "demo/web");

    /** The port under test. */
    UsedRights usedRights();

    private static Tally tally(String credential, LocalDate day, AccessQuestion right, long uses, Instant at) {
        return new Tally(credential, day, right, uses, at);
    }

    @Test
    default void nothing_was_used_by_what_nobody_counted() {
        assertThat(usedRights().of(Samples.unique(), DAY)).isEmpty();
        usedRights().add(List.of());
    }

    @Test
    default void uses_add_up_and_the_last_one_is_known() {
        String token = Samples.unique();
        usedRights()
                .add(List.of(
                        tally(token, DAY, SYNC, 2, NOW.plusSeconds(9)),
                        tally(token, DAY, SYNC, 3, NOW),
                        tally(token, DAY, READ, 1, NOW)));
        usedRights().add(List.of(tally(token, DAY.plusDays(1), SYNC, 4, NOW.plusSeconds(99))));

        assertThat(usedRights().of(token, DAY))
                .containsExactly(new Used(READ, 1, NOW), new Used(SYNC, 9, NOW.plusSeconds(99)));
    }

    @Test
    default void only_the_days_that_are_asked_for_count() {
        String token = Samples.unique();
        usedRights().add(List.of(tally(token, DAY.minusDays(1), SYNC, 2, NOW), tally(token, DAY, SYNC, 1, NOW)));

        assertThat(usedRights().of(token, DAY)).containsExactly(new Used(SYNC, 1, NOW));
        assertThat(usedRights().of(token, DAY.plusDays(1))).isEmpty();
    }

    @Test
    default void each_credential_has_its_own() {
        String one = Samples.unique();
        String other = Samples.unique();
        usedRights().add(List.of(tally(one, DAY, SYNC, 2, NOW), tally(other, DAY, READ, 1, NOW)));

        assertThat(usedRights().of(other, DAY)).containsExactly(new Used(READ, 1, NOW));
    }

    @Test
    default void every_text_comes_back_as_it_went_in() {
        for (String text : Samples.TEXTS) {
            String token = Samples.unique();
            AccessQuestion right = new AccessQuestion(text, text, text);
            usedRights().add(List.of(tally(token, DAY, right, 1, NOW)));
            assertThat(usedRights().of(token, DAY)).containsExactly(new Used(right, 1, NOW));
        }
    }

    @Test
    default void of_one_day_only_so_many_are_told_apart_and_those_go_on() {
        String token = Samples.unique();
        List<Tally> many = new ArrayList<>();
        for (int i = 0; i <= UsedRights.MOST_A_DAY; i++)
            many.add(tally(token, DAY, new AccessQuestion("applications", "get", "demo/" + i), 1, NOW));
        usedRights().add(many);
        AccessQuestion kept = usedRights().of(token, DAY).getFirst().right();

        usedRights().add(List.of(tally(token, DAY, kept, 1, NOW), tally(token, DAY, SYNC, 1, NOW)));

        assertThat(usedRights().of(token, DAY))
                .hasSize(UsedRights.MOST_A_DAY)
                .contains(new Used(kept, 2, NOW))
                .noneMatch(each -> each.right().equals(SYNC));
    }

    @Test
    default void what_is_too_long_is_left_out() {
        String token = Samples.unique();
        AccessQuestion longest = new AccessQuestion("r", "a", "o".repeat(UsedRights.LONGEST_OBJECT));
        AccessQuestion longer = new AccessQuestion("r", "a", "o".repeat(UsedRights.LONGEST_OBJECT + 1));
        usedRights().add(List.of(tally(token, DAY, longest, 1, NOW), tally(token, DAY, longer, 1, NOW)));

        assertThat(usedRights().of(token, DAY)).containsExactly(new Used(longest, 1, NOW));
    }

    @Test
    default void what_was_left_out_is_noted_of_this_credential_and_this_day() {
        String many = Samples.unique();
        String longer = Samples.unique();
        String few = Samples.unique();
        List<Tally> full = new ArrayList<>();
        for (int i = 0; i < UsedRights.MOST_A_DAY; i++)
            full.add(tally(many, DAY, new AccessQuestion("applications", "get", "demo/" + i), 1, NOW));
        usedRights().add(full);
        usedRights().add(full);
        usedRights().add(List.of(tally(few, DAY, SYNC, 1, NOW)));
        assertThat(usedRights().isComplete(many, DAY)).as("just full").isTrue();

        usedRights().add(List.of(tally(many, DAY, SYNC, 1, NOW)));
        usedRights().add(List.of(tally(many, DAY, SYNC, 1, NOW)));
        usedRights()
                .add(List.of(tally(
                        longer, DAY, new AccessQuestion("r", "a", "o".repeat(UsedRights.LONGEST_OBJECT + 1)), 1, NOW)));

        for (String each : List.of(many, longer)) {
            assertThat(usedRights().isComplete(each, DAY.minusDays(1))).isFalse();
            assertThat(usedRights().isComplete(each, DAY)).isFalse();
            assertThat(usedRights().isComplete(each, DAY.plusDays(1))).isTrue();
        }
        assertThat(usedRights().isComplete(few, DAY)).isTrue();
        assertThat(usedRights().isComplete(Samples.unique(), DAY)).isTrue();
    }

    @Test
    default void many_days_together_may_hold_more_than_one_day() {
        String token = Samples.unique();
        for (int day = 0; day < 2; day++) {
            List<Tally> some = new ArrayList<>();
            for (int i = 0; i < UsedRights.MOST_A_DAY; i++)
                some.add(tally(
                        token,
                        DAY.plusDays(day),
                        new AccessQuestion("applications", "get", "demo/" + day + "/" + i),
                        1,
                        NOW));
            usedRights().add(some);
        }

        assertThat(usedRights().of(token, DAY)).hasSize(2 * UsedRights.MOST_A_DAY);
        assertThat(usedRights().isComplete(token, DAY)).isTrue();
    }

    @Test
    default void what_nobody_knows_whose_it_was_is_missing_of_everybody_s() {
        LocalDate past = LocalDate.of(1998, 12, 31);
        String token = Samples.unique();
        assertThat(usedRights().isComplete(token, past)).isTrue();

        usedRights().leftOut(List.of(new Gap(Optional.empty(), past)));
        usedRights().leftOut(List.of(new Gap(Optional.empty(), past)));

        assertThat(usedRights().isComplete(token, past)).isFalse();
        assertThat(usedRights().isComplete(Samples.unique(), past.minusDays(1))).isFalse();
        assertThat(usedRights().isComplete(token, past.plusDays(1))).isTrue();
        usedRights().forgetBefore(past.plusDays(1));
        assertThat(usedRights().isComplete(token, past)).isTrue();
    }

    @Test
    default void what_somebody_else_left_out_of_one_credential_is_missing_of_that_one_alone() {
        LocalDate past = LocalDate.of(1997, 12, 31);
        String token = Samples.unique();

        usedRights().leftOut(List.of(new Gap(Optional.of(token), past)));
        usedRights().leftOut(List.of(new Gap(Optional.of(token), past)));

        assertThat(usedRights().isComplete(token, past)).isFalse();
        assertThat(usedRights().isComplete(token, past.plusDays(1))).isTrue();
        assertThat(usedRights().isComplete(Samples.unique(), past)).isTrue();
        assertThat(usedRights().of(token, past)).isEmpty();
        usedRights().forgetBefore(past.plusDays(1));
        assertThat(usedRights().isComplete(token, past)).isTrue();
    }

    @Test
    default void many_may_be_left_out_together_and_twice() {
        LocalDate past = LocalDate.of(1996, 12, 31);
        List<Gap> all = new ArrayList<>();
        for (int i = 0; i < 2_001; i++) all.add(new Gap(Optional.of(Samples.unique()), past.minusDays(i % 2)));
        usedRights().leftOut(List.of());
        usedRights().leftOut(all.subList(0, 3));
        all.addAll(all.subList(0, 10));

        usedRights().leftOut(all);

        for (Gap each : List.of(all.getFirst(), all.get(999), all.get(1_000), all.get(1_001), all.get(2_000))) {
            String token = each.credential().orElseThrow();
            assertThat(usedRights().isComplete(token, each.day())).isFalse();
            assertThat(usedRights().isComplete(token, each.day().plusDays(1))).isTrue();
        }
        usedRights().forgetBefore(past.plusDays(1));
    }

    @Test
    default void nodes_that_leave_out_the_same_together_do_not_disturb_each_other() {
        LocalDate past = LocalDate.of(1995, 12, 31);
        List<Gap> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) all.add(new Gap(Optional.of(Samples.unique()), past));

        Race<Boolean> race = Race.of(4, () -> {
            List<Gap> mine = new ArrayList<>(all);
            Collections.shuffle(mine, new Random(Thread.currentThread().threadId()));
            usedRights().leftOut(mine);
            return true;
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(all)
                .noneMatch(each -> usedRights().isComplete(each.credential().orElseThrow(), past));
        usedRights().forgetBefore(past.plusDays(1));
    }

    @Test
    default void old_days_are_forgotten() {
        String token = Samples.unique();
        LocalDate past = LocalDate.of(1999, 12, 31);
        usedRights().add(List.of(tally(token, past, SYNC, 2, NOW), tally(token, past.plusDays(1), READ, 1, NOW)));

        assertThat(usedRights().forgetBefore(past.plusDays(1))).isEqualTo(1);

        assertThat(usedRights().of(token, past)).containsExactly(new Used(READ, 1, NOW));
        assertThat(usedRights().forgetBefore(past.plusDays(2))).isEqualTo(1);
    }

    @Test
    default void nodes_that_count_together_lose_nothing() {
        String token = Samples.unique();
        Race<Boolean> race = Race.of(8, () -> {
            for (int i = 0; i < 5; i++)
                usedRights().add(List.of(tally(token, DAY, SYNC, 1, NOW), tally(token, DAY, READ, 2, NOW)));
            return true;
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(usedRights().of(token, DAY)).containsExactly(new Used(READ, 80, NOW), new Used(SYNC, 40, NOW));
    }
}
