package dev.gatehouse.adapters.testkit.token;

import static dev.gatehouse.adapters.testkit.shared.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.CleanUp;
import dev.gatehouse.domain.token.CleanUpId;
import dev.gatehouse.domain.token.CleanUpOrder;
import dev.gatehouse.domain.token.CleanUps;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What all {@link CleanUps} promise. */
public interface CleanUpsContract {
    /** The port under test. */
    CleanUps cleanUps();

    /** The transactions in which it takes part. */
    Transactions transactions();

    @Test
    default void a_run_comes_back_as_it_went_in() {
        CleanUp everything = CleanUp.begin(
                anId(),
                new CleanUp.AskedBy(
                        "alice", Optional.of("session-1"), "session", new Origin("192.0.2.7", "curl/8", "request-1")),
                new CleanUpOrder(
                        Optional.of(new ProjectName("demo")),
                        Set.of(TokenFilter.Kind.PROJECT),
                        Optional.of(Duration.ZERO),
                        Optional.of(Duration.ofDays(90)),
                        Optional.of(Duration.ofDays(7))),
                true,
                1_000_000_000_000L,
                NOW,
                by("node-1"));
        for (CleanUp each : List.of(everything, aRun(NOW))) {
            assertThat(cleanUps().insert(each)).isTrue();
            assertThat(cleanUps().find(each.id())).contains(each);
            finish(each);
        }
    }

    @Test
    default void none_is_found_that_is_not_there() {
        assertThat(cleanUps().find(anId())).isEmpty();
        assertThat(cleanUps().hold(anId())).isEmpty();
        assertThat(cleanUps().update(aRun(NOW))).isFalse();
    }

    @Test
    default void progress_and_every_state_come_back_as_they_went_in() {
        CleanUp run = aRun(NOW);
        cleanUps().insert(run);
        CleanUp.Progress some = run.progress().and(200, items(3));
        CleanUp.Progress more = some.and(200, items(150));

        for (CleanUp each : List.of(
                run.goneOn(new TokenPlace(1, TokenFixtures.aTokenId()).text(), some, by("node-2")),
                run.goneOn(new TokenPlace(2, TokenFixtures.aTokenId()).text(), more, by("node-1")),
                run.goneOn(new TokenPlace(3, TokenFixtures.aTokenId()).text(), more, by("node-1"))
                        .with(new CleanUp.State.Cancelled(NOW.plusSeconds(1))),
                run.goneOn(new TokenPlace(3, TokenFixtures.aTokenId()).text(), more, by("node-1"))
                        .with(new CleanUp.State.Failed(NOW.plusSeconds(2))),
                run.done(more, NOW.plusSeconds(3)))) {
            assertThat(cleanUps().update(each)).isTrue();
            assertThat(cleanUps().find(each.id())).contains(each);
        }
        assertThat(more.items()).hasSize(CleanUp.MOST_ITEMS);
        assertThat(more.revoked() + more.removed()).isEqualTo(153);
    }

    @Test
    default void of_two_who_add_one_run_one_does() {
        for (int round = 0; round < 10; round++) {
            CleanUp run = aRun(NOW);
            List<Callable<Boolean>> acts = new ArrayList<>();
            for (int i = 0; i < 4; i++)
                acts.add(() -> transactions().inTransaction(() -> cleanUps().insert(run)));

            Race<Boolean> race = Race.between(acts);

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsOnlyOnce(true);
            finish(run);
        }
    }

    @Test
    default void who_holds_a_run_is_waited_for() {
        CleanUp run = aRun(NOW);
        cleanUps().insert(run);
        List<Callable<Long>> acts = new ArrayList<>();
        for (int i = 0; i < 4; i++)
            acts.add(() -> transactions().inTransaction(() -> {
                CleanUp held = cleanUps().hold(run.id()).orElseThrow();
                cleanUps().update(held.goneOn("1.a", held.progress().and(1, List.of()), by("node-1")));
                return held.progress().examined();
            }));

        Race<Long> race = Race.between(acts);

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
        finish(run);
    }

    @Test
    default void the_unfinished_are_listed_the_oldest_first() {
        CleanUp second = aRun(Instant.EPOCH.plusSeconds(2));
        CleanUp first = aRun(Instant.EPOCH.plusSeconds(1));
        CleanUp over = aRun(Instant.EPOCH.plusSeconds(3));
        for (CleanUp each : List.of(second, first, over)) cleanUps().insert(each);
        finish(over);

        assertThat(cleanUps().unfinished()).containsSubsequence(first, second).doesNotContain(over);

        finish(first);
        finish(second);
    }

    @Test
    default void finished_ones_are_forgotten_and_others_are_not() {
        Instant old = Instant.EPOCH.plusSeconds(10);
        CleanUp over = aRun(old);
        CleanUp young = aRun(NOW);
        CleanUp running = aRun(old);
        for (CleanUp each : List.of(over, young, running)) cleanUps().insert(each);
        cleanUps().update(over.done(over.progress().and(9, items(9)), NOW));
        finish(young);

        assertThat(cleanUps().forgetBefore(old.plusSeconds(1))).isPositive();

        assertThat(cleanUps().find(over.id())).isEmpty();
        assertThat(cleanUps().find(young.id())).isPresent();
        assertThat(cleanUps().find(running.id())).contains(running);
        finish(running);
    }

    @Test
    default void it_is_forgotten_with_the_transaction_that_failed() {
        CleanUp run = aRun(NOW);

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    cleanUps().insert(run);
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(cleanUps().find(run.id())).isEmpty();
    }

    private void finish(CleanUp run) {
        cleanUps().update(run.with(new CleanUp.State.Done(NOW)));
    }

    private static CleanUpId anId() {
        return new CleanUpId(Samples.unique());
    }

    private static CleanUp aRun(Instant startedAt) {
        return CleanUp.begin(
                anId(),
                new CleanUp.AskedBy("system:gatehouse", Optional.empty(), "system", Origin.itself("request-1")),
                new CleanUpOrder(
                        Optional.empty(),
                        Set.of(),
                        Optional.empty(),
                        Optional.of(Duration.ofDays(90)),
                        Optional.empty()),
                false,
                7,
                startedAt,
                by("node-1"));
    }

    private static CleanUp.State.Running by(String worker) {
        return new CleanUp.State.Running(worker, NOW.plusSeconds(60));
    }

    private static List<CleanUp.Item> items(int count) {
        List<CleanUp.Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++)
            items.add(CleanUp.Item.of(
                    i % 2 == 0 ? TokenFixtures.aLiveToken() : TokenFixtures.aTokenOf(TokenFixtures.anAccountSubject()),
                    i % 3 == 0 ? CleanUpOrder.Reason.ENDED : CleanUpOrder.Reason.NEVER_USED));
        return items;
    }
}
