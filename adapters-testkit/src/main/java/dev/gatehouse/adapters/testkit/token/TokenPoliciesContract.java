package dev.gatehouse.adapters.testkit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.adapters.testkit.project.ProjectFixtures;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.PolicyEnding;
import dev.gatehouse.domain.token.SessionPolicy;
import dev.gatehouse.domain.token.TokenPolicies;
import dev.gatehouse.domain.token.TokenPolicy;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What all {@link TokenPolicies} promise. */
public interface TokenPoliciesContract {
    KindPolicy STRICT = new KindPolicy(
            Optional.of(Duration.ofHours(1)),
            Optional.of(Duration.ofDays(36_500)),
            false,
            Optional.of(Duration.ofDays(30)),
            Optional.of(Integer.MAX_VALUE),
            Optional.of(Duration.ofDays(7)));

    /** The port under test. */
    TokenPolicies tokenPolicies();

    /** The transactions in which it takes part. */
    Transactions transactions();

    @Test
    default void a_policy_comes_back_as_it_went_in() {
        Optional<ProjectId> project = Optional.of(ProjectFixtures.aProjectId());
        assertThat(tokenPolicies().find(project)).isEmpty();

        TokenPolicy first = tokenPolicies().store(project, new TokenPolicy(STRICT, KindPolicy.LENIENT, 0));
        assertThat(first).isEqualTo(new TokenPolicy(STRICT, KindPolicy.LENIENT, 1));
        assertThat(tokenPolicies().find(project)).contains(first);

        TokenPolicy second = tokenPolicies().store(project, new TokenPolicy(KindPolicy.LENIENT, STRICT, 1));
        assertThat(tokenPolicies().find(project)).contains(second);
        assertThat(transactions().inTransaction(() -> tokenPolicies().hold(project)))
                .contains(second);
    }

    @Test
    default void what_it_says_of_sessions_comes_back_as_it_went_in() {
        Optional<ProjectId> all = Optional.empty();
        for (SessionPolicy each : List.of(
                new SessionPolicy(
                        Optional.of(Duration.ofHours(8)),
                        Optional.of(Duration.ofDays(365)),
                        Optional.of(1_000_000),
                        Optional.of(Duration.ofMinutes(5))),
                new SessionPolicy(Optional.of(Duration.ZERO), Optional.empty(), Optional.of(0), Optional.empty()),
                SessionPolicy.SILENT)) {
            int version = tokenPolicies().find(all).orElse(TokenPolicy.LENIENT).version();
            TokenPolicy stored =
                    tokenPolicies().store(all, new TokenPolicy(KindPolicy.LENIENT, KindPolicy.LENIENT, each, version));
            assertThat(stored.session()).isEqualTo(each);
            assertThat(tokenPolicies().find(all)).contains(stored);
        }
    }

    @Test
    default void the_one_for_all_is_another_than_that_of_any_project() {
        TokenPolicy before = tokenPolicies().find(Optional.empty()).orElse(TokenPolicy.LENIENT);

        TokenPolicy stored = tokenPolicies().store(Optional.empty(), new TokenPolicy(STRICT, STRICT, before.version()));

        assertThat(tokenPolicies().find(Optional.empty())).contains(stored);
        assertThat(tokenPolicies().find(Optional.of(ProjectFixtures.aProjectId())))
                .isEmpty();
    }

    @Test
    default void a_policy_at_another_version_is_refused() {
        Optional<ProjectId> project = Optional.of(ProjectFixtures.aProjectId());
        TokenPolicy stored = tokenPolicies().store(project, TokenPolicy.LENIENT);

        for (int version : new int[] {0, 2, 7})
            assertThatExceptionOfType(Refusal.Conflict.class)
                    .isThrownBy(() -> tokenPolicies().store(project, new TokenPolicy(STRICT, STRICT, version)))
                    .satisfies(each -> assertThat(each.reason()).isEqualTo(Refusal.Conflict.Reason.STALE));
        assertThat(tokenPolicies().find(project)).contains(stored);
    }

    @Test
    default void all_of_them_come_at_once() {
        ProjectId one = ProjectFixtures.aProjectId();
        ProjectId other = ProjectFixtures.aProjectId();
        TokenPolicy ofOne = tokenPolicies().store(Optional.of(one), new TokenPolicy(KindPolicy.LENIENT, STRICT, 0));
        TokenPolicy ofOther = tokenPolicies().store(Optional.of(other), TokenPolicy.LENIENT);

        TokenPolicySnapshot all = tokenPolicies().all();

        assertThat(all.ofProjects()).containsEntry(one, ofOne).containsEntry(other, ofOther);
        assertThat(all.all()).isEqualTo(tokenPolicies().find(Optional.empty()).orElse(TokenPolicy.LENIENT));
        assertThat(all.ofProjects()).doesNotContainKey(ProjectFixtures.aProjectId());
    }

    @Test
    default void what_a_change_ended_is_kept_in_mind_until_it_is_written_down() {
        PolicyEnding ofProject = new PolicyEnding(
                Optional.of(new PolicyEnding.Scope(ProjectFixtures.aProjectId(), ProjectFixtures.aProjectName())),
                Samples.NOW,
                "alice");
        PolicyEnding ofAll = new PolicyEnding(Optional.empty(), Samples.NOW.plusSeconds(1), "proj:demo:ci");
        tokenPolicies().begin(ofProject);
        tokenPolicies().begin(ofAll);

        assertThat(tokenPolicies().endings()).containsSubsequence(ofProject, ofAll);
        for (PolicyEnding each : List.of(ofProject, ofAll)) {
            PolicyEnding again = new PolicyEnding(each.project(), each.at().plusSeconds(60), "bob");
            assertThatExceptionOfType(Refusal.Conflict.class)
                    .isThrownBy(() -> tokenPolicies().begin(again))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Refusal.Conflict.Reason.STALE));
            assertThat(tokenPolicies().finish(again)).isFalse();
            assertThat(tokenPolicies().finish(each)).isTrue();
            assertThat(tokenPolicies().finish(each)).isFalse();
        }
        assertThat(tokenPolicies().endings()).doesNotContain(ofProject, ofAll);
    }

    @Test
    default void of_two_who_store_at_once_one_does() {
        for (int round = 0; round < 10; round++) {
            Optional<ProjectId> project = Optional.of(ProjectFixtures.aProjectId());
            for (int version = 0; version < 2; version++) {
                TokenPolicy mine = new TokenPolicy(STRICT, STRICT, version);
                Race<TokenPolicy> race = Race.of(
                        4,
                        () -> transactions().inTransaction(() -> tokenPolicies().store(project, mine)));
                assertThat(race.returned()).hasSize(1);
                assertThat(race.thrown()).hasOnlyElementsOfType(Refusal.Conflict.class);
            }
        }
    }
}
