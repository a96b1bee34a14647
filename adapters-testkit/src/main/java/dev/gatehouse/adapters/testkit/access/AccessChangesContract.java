package dev.gatehouse.adapters.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.account.AccountFixtures;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.adapters.testkit.token.TokenFixtures;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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

    /** Tokens in the same store, and in the same transactions. */
    ApiTokens tokens();

    /** The same tokens as the other process reads them. */
    ApiTokens anotherTokens();

    @Test
    default void only_what_was_changed_is_touched() {
        for (AccessChange each : ofEachKind()) {
            List<AccessChange> others = new ArrayList<>(ofEachKind());
            others.remove(each);
            others.removeIf(AccessChange.OfEverything.class::isInstance);
            long before = accessChanges().ask();

            transactions().inTransaction(() -> accessChanges().append(each));

            long after = accessChanges().ask();
            boolean everything = each instanceof AccessChange.OfEverything;
            for (AccessChanges process : List.of(accessChanges(), anotherAccessChanges())) {
                process.ask();
                judgedSoon(process, () -> process.untouched(before, List.of(each)), false);
                judgedSoon(process, () -> process.untouched(before, others), !everything);
                judgedSoon(process, () -> process.untouched(after, List.of(each)), true);
                judgedSoon(process, () -> process.untouched(after, others), true);
            }
        }
    }

    @Test
    default void one_touched_thing_of_several_is_enough() {
        AccessChange mine = aCredential();
        AccessChange its = aCredential();
        AccessChange unrelated = aCredential();
        long before = accessChanges().ask();

        transactions().inTransaction(() -> accessChanges().append(List.of(mine, unrelated)));

        assertThat(accessChanges().untouched(before, List.of(its, mine))).isFalse();
        assertThat(accessChanges().untouched(before, List.of(unrelated))).isFalse();
        judgedSoon(accessChanges(), () -> accessChanges().untouched(before, List.of(its)), true);
        judgedSoon(accessChanges(), () -> accessChanges().untouched(before, List.of()), true);
    }

    @Test
    default void nothing_is_untouched_since_never() {
        accessChanges().ask();

        assertThat(accessChanges().untouched(AccessChanges.NEVER, List.of())).isFalse();
        assertThat(accessChanges().untouched(AccessChanges.NEVER, List.of(aCredential())))
                .isFalse();
    }

    @Test
    default void an_empty_list_appends_nothing() {
        long before = accessChanges().ask();

        transactions().inTransaction(() -> accessChanges().append(List.of()));

        assertThat(accessChanges().ask()).isEqualTo(before);
    }

    @Test
    default void what_a_failed_transaction_appended_touches_nothing() {
        AccessChange change = aCredential();
        long before = accessChanges().ask();

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    accessChanges().append(change);
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        accessChanges().ask();
        judgedSoon(accessChanges(), () -> accessChanges().untouched(before, List.of(change)), true);
    }

    @Test
    default void more_than_anybody_keeps_is_never_taken_for_untouched() {
        AccessChange first = aCredential();
        long before = accessChanges().ask();
        transactions().inTransaction(() -> accessChanges().append(first));
        List<AccessChange> many = new ArrayList<>();
        for (int i = 0; i < 500; i++) many.add(aCredential());

        for (int i = 0; i < 30; i++)
            transactions().inTransaction(() -> accessChanges().append(many));

        for (AccessChanges process : List.of(accessChanges(), anotherAccessChanges())) {
            process.ask();
            assertThat(process.untouched(before, List.of(first))).isFalse();
            assertThat(process.untouched(before, many)).isFalse();
            long now = process.ask();
            judgedSoon(process, () -> process.untouched(now, many), true);
        }
    }

    /** Whoever remembers as the port says never relies on what a change has ended; see {@link #remembers}. */
    @Test
    default void nothing_remembered_survives_a_change_that_it_raced_with() {
        for (int round = 0; round < 5; round++) {
            ApiToken token = TokenFixtures.anEndlessToken();
            tokens().insert(token);
            AtomicLong revoked = new AtomicLong(Long.MAX_VALUE);

            Race<String> race = Race.between(List.of(
                    () -> {
                        // The others look it up many times before, while and after it is revoked.
                        long from = System.nanoTime();
                        while (System.nanoTime() - from < 3_000_000) Thread.onSpinWait();
                        transactions().inTransaction(() -> {
                            tokens().revoke(token.id(), Samples.NOW, "somebody");
                            accessChanges().append(touching(token));
                        });
                        revoked.set(System.nanoTime());
                        return "";
                    },
                    () -> remembers(accessChanges(), tokens(), token, revoked, 0),
                    () -> remembers(accessChanges(), tokens(), token, revoked, 0),
                    () -> remembers(
                            anotherAccessChanges(), anotherTokens(), token, revoked, AccessChanges.BOUND.toNanos())));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsOnly("");
        }
    }

    /** Reads, remembers, and relies on it; until it learns of the revocation. Empty when it never relied on it too late. */
    private static String remembers(
            AccessChanges changes, ApiTokens tokens, ApiToken token, AtomicLong revoked, long bound) {
        List<AccessChange> restsOn = List.of(touching(token));
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < limit) {
            OptionalLong since = changes.known();
            boolean counts = tokens.find(token.id()).orElseThrow().countsAt(Samples.NOW);
            if (since.isEmpty()) continue;
            for (int use = 0; use < 20; use++) {
                long askedAt = System.nanoTime();
                boolean late = askedAt - revoked.get() > bound && revoked.get() != Long.MAX_VALUE;
                boolean relied = changes.untouched(since.getAsLong(), restsOn);
                if (late && relied && counts) return "relied on it " + (askedAt - revoked.get()) + " ns too late";
                if (late && relied) return "";
            }
        }
        return "the revocation never arrived";
    }

    private static AccessChange touching(ApiToken token) {
        return new AccessChange.OfCredential(token.id().value());
    }

    private static AccessChange aCredential() {
        return new AccessChange.OfCredential(Samples.unique());
    }

    private static List<AccessChange> ofEachKind() {
        return List.of(
                aCredential(),
                new AccessChange.OfAccount(AccountFixtures.anAccount().name()),
                new AccessChange.OfProject(
                        new ProjectName("p" + Samples.unique().toLowerCase(Locale.ROOT))),
                new AccessChange.OfPolicy(),
                new AccessChange.OfKeys(),
                new AccessChange.OfPasswordForms(),
                new AccessChange.OfEverything());
    }

    /** A loaded machine may let a process fall behind for a moment; then it says no until it has asked again. */
    private static void judgedSoon(AccessChanges changes, BooleanSupplier judgement, boolean wanted) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (judgement.getAsBoolean() != wanted || changes.known().isEmpty()) {
            assertThat(System.nanoTime()).as("it stays %s for long", !wanted).isLessThan(limit);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    @Test
    default void this_process_knows_of_a_change_when_the_transaction_has_returned() {
        for (int i = 0; i < 20; i++) {
            long before = accessChanges().ask();

            transactions().inTransaction(() -> accessChanges().append(new AccessChange.OfEverything()));

            assertThat(accessChanges().untouched(before, List.of())).isFalse();
            assertThat(accessChanges().ask()).isGreaterThan(before);
        }
    }

    @Test
    default void nobody_knows_of_a_change_before_its_transaction_has_returned() {
        long before = accessChanges().ask();

        transactions().inTransaction(() -> {
            accessChanges().append(new AccessChange.OfEverything());
            assertThat(accessChanges().known()).isIn(OptionalLong.of(before), OptionalLong.empty());
            assertThat(anotherAccessChanges().ask()).isEqualTo(before);
        });

        assertThat(accessChanges().ask()).isGreaterThan(before);
    }

    @Test
    default void several_changes_in_one_transaction_are_as_good_as_one() {
        long before = accessChanges().ask();

        transactions().inTransaction(() -> {
            accessChanges().append(new AccessChange.OfEverything());
            accessChanges().append(new AccessChange.OfEverything());
            transactions().inTransaction(() -> accessChanges().append(new AccessChange.OfEverything()));
        });

        assertThat(knownSoon(accessChanges())).isGreaterThan(before);
        assertThat(accessChanges().ask()).isEqualTo(knownSoon(accessChanges()));
    }

    @Test
    default void a_transaction_that_failed_counted_nothing() {
        long before = accessChanges().ask();

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    accessChanges().append(new AccessChange.OfEverything());
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
            transactions().inTransaction(() -> accessChanges().append(new AccessChange.OfEverything()));
            long known = knownSoon(accessChanges());
            assertThat(accessChanges().ask()).isGreaterThanOrEqualTo(known);
        }
    }

    @Test
    default void asking_makes_it_known() {
        transactions().inTransaction(() -> accessChanges().append(new AccessChange.OfEverything()));

        long asked = anotherAccessChanges().ask();

        assertThat(asked).isEqualTo(accessChanges().ask());
        assertThat(knownSoon(anotherAccessChanges())).isGreaterThanOrEqualTo(asked);
    }

    @Test
    default void another_process_stops_trusting_what_it_knew_within_the_bound() {
        AccessChanges another = anotherAccessChanges();
        for (int round = 0; round < 3; round++) {
            another.ask();
            transactions().inTransaction(() -> accessChanges().append(new AccessChange.OfEverything()));
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
        assertThat(cutOffAccessChanges().untouched(Long.MAX_VALUE, List.of())).isFalse();
        assertThatExceptionOfType(Refusal.Unavailable.class)
                .isThrownBy(() -> cutOffAccessChanges().ask());
        assertThat(cutOffAccessChanges().known()).isEmpty();
        assertThat(cutOffAccessChanges().keptUp()).isFalse();
    }

    @Test
    default void a_process_that_reads_on_has_kept_up() {
        for (AccessChanges process : List.of(accessChanges(), anotherAccessChanges()))
            judgedSoon(process, process::keptUp, true);
    }

    private boolean writesAndSeesIt(AtomicInteger atWork) {
        try {
            boolean seen = true;
            for (int i = 0; i < 20; i++) {
                long before = accessChanges().ask();
                transactions().inTransaction(() -> accessChanges().append(new AccessChange.OfEverything()));
                seen &= !accessChanges().untouched(before, List.of())
                        && accessChanges().ask() > before;
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
