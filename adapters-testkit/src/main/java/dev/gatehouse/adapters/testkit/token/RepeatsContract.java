package dev.gatehouse.adapters.testkit.token;

import static dev.gatehouse.adapters.testkit.shared.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.Repeats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What all {@link Repeats} promise. */
public interface RepeatsContract {
    /** The port under test. */
    Repeats repeats();

    /** The transactions in which it takes part. */
    Transactions transactions();

    @Test
    default void a_repeat_comes_back_as_it_went_in() {
        Repeats.Repeat repeat = aRepeat("!key~" + Samples.unique(), NOW);

        assertThat(repeats().remember(repeat)).isTrue();

        assertThat(repeats().find(repeat.caller(), repeat.key(), NOW)).contains(repeat);
    }

    @Test
    default void keys_of_others_are_others_and_letter_case_counts() {
        Repeats.Repeat repeat = aRepeat("Key" + Samples.unique(), NOW);
        repeats().remember(repeat);

        assertThat(repeats().find("somebody else", repeat.key(), NOW)).isEmpty();
        assertThat(repeats().find(repeat.caller(), "k" + repeat.key().substring(1), NOW))
                .isEmpty();
        assertThat(repeats().remember(with(repeat, "somebody else", NOW))).isTrue();
    }

    @Test
    default void a_key_stands_for_one_request_for_24_hours() {
        Repeats.Repeat first = aRepeat(Samples.unique(), NOW);
        Repeats.Repeat second =
                aRepeat(first.key(), NOW.plus(Repeats.REMEMBERED).minusSeconds(1));
        repeats().remember(first);

        assertThat(repeats().remember(second)).isFalse();
        assertThat(repeats().find(first.caller(), first.key(), second.at())).contains(first);

        Instant end = NOW.plus(Repeats.REMEMBERED);
        assertThat(repeats().find(first.caller(), first.key(), end)).isEmpty();
        Repeats.Repeat third = aRepeat(first.key(), end);
        assertThat(repeats().remember(third)).isTrue();
        assertThat(repeats().find(first.caller(), first.key(), end)).contains(third);
    }

    @Test
    default void of_two_who_use_one_key_at_once_one_is_remembered() {
        for (int round = 0; round < 10; round++) {
            String key = Samples.unique();
            List<Repeats.Repeat> asked = new ArrayList<>();
            List<Callable<Boolean>> acts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Repeats.Repeat mine = aRepeat(key, NOW);
                asked.add(mine);
                acts.add(() -> transactions().inTransaction(() -> repeats().remember(mine)));
            }

            Race<Boolean> race = Race.between(acts);

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsOnlyOnce(true);
            assertThat(repeats().find("alice", key, NOW))
                    .contains(asked.get(race.returned().indexOf(true)));
        }
    }

    @Test
    default void old_ones_are_removed_and_younger_ones_are_not() {
        Instant moment = NOW.minus(Duration.ofDays(400));
        Repeats.Repeat old = aRepeat(Samples.unique(), moment.minusSeconds(1));
        Repeats.Repeat last = aRepeat(Samples.unique(), moment);
        Repeats.Repeat young = aRepeat(Samples.unique(), moment.plusSeconds(1));
        for (Repeats.Repeat each : List.of(old, last, young)) repeats().remember(each);

        assertThat(repeats().forgetUntil(moment)).isEqualTo(2);

        assertThat(repeats().find(old.caller(), old.key(), old.at())).isEmpty();
        assertThat(repeats().find(last.caller(), last.key(), last.at())).isEmpty();
        assertThat(repeats().find(young.caller(), young.key(), young.at())).contains(young);
        assertThat(repeats().forgetUntil(moment)).isZero();
    }

    @Test
    default void it_is_forgotten_with_the_transaction_that_failed() {
        Repeats.Repeat repeat = aRepeat(Samples.unique(), NOW);

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    repeats().remember(repeat);
                    assertThat(repeats().find(repeat.caller(), repeat.key(), NOW))
                            .contains(repeat);
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(repeats().find(repeat.caller(), repeat.key(), NOW)).isEmpty();
    }

    private static Repeats.Repeat aRepeat(String key, Instant at) {
        return new Repeats.Repeat("alice", key, "fingerprint-" + Samples.unique(), Samples.unique(), at);
    }

    private static Repeats.Repeat with(Repeats.Repeat repeat, String caller, Instant at) {
        return new Repeats.Repeat(caller, repeat.key(), repeat.fingerprint(), repeat.made(), at);
    }
}
