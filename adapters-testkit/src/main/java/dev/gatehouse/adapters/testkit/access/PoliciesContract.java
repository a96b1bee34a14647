package dev.gatehouse.adapters.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.shared.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What all {@link Policies} promise. */
public interface PoliciesContract {
    /** The port under test. */
    Policies policies();

    /** The transactions in which it takes part. */
    Transactions transactions();

    @Test
    default void there_is_always_a_document_and_at_first_it_says_nothing() {
        PolicyDocument current = policies().current();

        assertThat(current.version()).isPositive();
        if (current.version() == PolicyDocument.FIRST.version())
            assertThat(current).isEqualTo(PolicyDocument.FIRST);
    }

    @Test
    default void update_replaces_everything_and_gives_back_the_next_version() {
        PolicyDocument changed = changed("p, alice, projects, get, *, allow\n", "role:readonly", "groups", "email");

        PolicyDocument stored = policies().update(changed);

        assertThat(stored).isEqualTo(changed.nextVersion());
        assertThat(policies().current()).isEqualTo(stored);
    }

    @Test
    default void update_can_be_repeated_on_what_it_gave_back() {
        PolicyDocument first = policies().update(changed("# 1", ""));
        PolicyDocument second = policies().update(new PolicyDocument("# 2", "", List.of(), first.version()));

        assertThat(second.version()).isEqualTo(first.version() + 1);
        assertThat(policies().current()).isEqualTo(second);
    }

    @Test
    default void every_text_comes_back_as_it_went_in() {
        for (String text : Samples.TEXTS) {
            PolicyDocument stored = policies().update(changed(text, text, text, "a,b", "c \"d\"", text));
            assertThat(policies().current()).isEqualTo(stored);
            assertThat(stored.csv()).isEqualTo(text);
            assertThat(stored.scopes()).containsExactly(text, "a,b", "c \"d\"", text);
        }
    }

    @Test
    default void further_documents_and_the_match_mode_come_back_as_they_went_in() {
        for (MatchMode mode : MatchMode.values()) {
            PolicyDocument stored = policies()
                    .update(new PolicyDocument(
                            "",
                            Map.of("policy.b.csv", "# \u00e9, \"b\"", "policy.a.csv", ""),
                            "",
                            List.of(),
                            mode,
                            policies().version()));

            assertThat(policies().current()).isEqualTo(stored);
            assertThat(stored.extra()).hasSize(2);
            assertThat(stored.matchMode()).isEqualTo(mode);
        }
    }

    @Test
    default void the_version_is_that_of_the_current_document() {
        PolicyDocument stored = policies().update(changed("# 1", ""));

        assertThat(policies().version()).isEqualTo(stored.version());
        transactions().inTransaction(() -> {
            PolicyDocument mine = policies().update(changed("# 2", ""));
            assertThat(policies().version()).as("its own write").isEqualTo(mine.version());
            return mine;
        });
    }

    @Test
    default void a_long_document_comes_back_as_it_went_in() {
        PolicyDocument stored = policies().update(changed("#" + Samples.wide(4_999_999), "role:" + Samples.wide(200)));

        assertThat(policies().current()).isEqualTo(stored);
        policies().update(new PolicyDocument("", "", List.of("groups"), stored.version()));
    }

    @Test
    default void no_scopes_are_not_the_same_as_an_empty_one() {
        assertThat(policies().update(changed("", "")).scopes()).isEmpty();
        assertThat(policies().current().scopes()).isEmpty();
        policies().update(changed("", "", ""));
        assertThat(policies().current().scopes()).containsExactly("");
    }

    @Test
    default void an_update_of_what_was_changed_meanwhile_is_refused() {
        PolicyDocument before = policies().current();
        PolicyDocument stored = policies().update(changed("# first", ""));

        for (int version : List.of(before.version(), before.version() - 1, stored.version() + 1, Integer.MAX_VALUE))
            assertThatExceptionOfType(Refusal.Conflict.class)
                    .isThrownBy(() -> policies().update(new PolicyDocument("# late", "", List.of(), version)))
                    .satisfies(conflict -> {
                        assertThat(conflict.reason()).isEqualTo(Reason.STALE);
                        assertThat(conflict.kind()).isEqualTo(PolicyDocument.KIND);
                    });

        assertThat(policies().current()).isEqualTo(stored);
    }

    @Test
    default void of_two_who_update_at_once_exactly_one_wins() {
        for (int round = 0; round < 10; round++) {
            int version = policies().current().version();
            List<Callable<PolicyDocument>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                PolicyDocument mine = new PolicyDocument("# writer " + i, "", List.of("groups"), version);
                writers.add(() -> transactions().inTransaction(() -> policies().update(mine)));
            }

            Race<PolicyDocument> race = Race.between(writers);

            assertThat(race.returned()).hasSize(1);
            assertThat(race.thrown())
                    .allSatisfy(each -> assertThat(each)
                            .isInstanceOfSatisfying(
                                    Refusal.Conflict.class,
                                    conflict -> assertThat(conflict.reason()).isEqualTo(Reason.STALE)));
            assertThat(policies().current()).isEqualTo(race.returned().getFirst());
        }
    }

    @Test
    default void who_holds_it_waits_for_the_one_before_and_sees_what_that_one_left() {
        for (int round = 0; round < 10; round++) {
            int version = policies().current().version();

            Race<Integer> race = Race.of(
                    4,
                    () -> transactions().inTransaction(() -> {
                        int held = policies().hold();
                        policies().update(new PolicyDocument("# holder", "", List.of("groups"), held));
                        return held;
                    }));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsExactlyInAnyOrder(version, version + 1, version + 2, version + 3);
        }
    }

    @Test
    default void who_updates_waits_for_who_holds_it_and_readers_do_not() throws InterruptedException {
        PolicyDocument before = policies().current();
        AtomicBoolean updated = new AtomicBoolean();
        Thread updating = Thread.ofVirtual().unstarted(() -> {
            policies().update(new PolicyDocument("# late", "", List.of(), before.version()));
            updated.set(true);
        });

        boolean wasUpdated = transactions().inTransaction(() -> {
            policies().hold();
            updating.start();
            // Others read it meanwhile, as often as an update would take.
            for (int i = 0; i < 20; i++)
                assertThat(CompletableFuture.supplyAsync(() -> policies().current())
                                .join())
                        .isEqualTo(before);
            return updated.get();
        });
        updating.join();

        assertThat(wasUpdated).isFalse();
        assertThat(updated).isTrue();
    }

    @Test
    default void outside_a_transaction_it_holds_nothing() {
        int held = policies().hold();

        assertThat(policies().update(changed("# next", "")).version()).isEqualTo(held + 1);
    }

    @Test
    default void what_a_transaction_wrote_it_finds_and_nobody_after_it_failed() {
        PolicyDocument before = policies().current();

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    PolicyDocument stored = policies().update(changed("# gone", ""));
                    assertThat(policies().current()).isEqualTo(stored);
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(policies().current()).isEqualTo(before);
    }

    private PolicyDocument changed(String csv, String defaultRole, String... scopes) {
        return new PolicyDocument(
                csv, defaultRole, List.of(scopes), policies().current().version());
    }
}
