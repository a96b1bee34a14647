package dev.gatehouse.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.token.InMemoryVerifiedTokens;
import dev.gatehouse.application.World;
import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.application.account.ManagingAccounts;
import dev.gatehouse.application.token.NewToken;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.VerifiedTokens;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AuthenticationServiceTest {
    private final World world = new World();

    @Test
    void a_token_that_was_verified_is_remembered_until_something_it_rests_on_changes() {
        world.account("alice", "login");
        PlainToken token = world.sessionToken("alice");
        assertThat(isRemembered(token)).as("never seen").isFalse();

        world.caller(token);
        assertThat(isRemembered(token)).isTrue();

        world.project("demo");
        world.account("bob", "login");
        assertThat(isRemembered(token)).as("changes to others").isTrue();

        world.managingAccounts.resetPassword(
                world.admin(),
                new ManagingAccounts.PasswordReset("alice", new PlainPassword("another long one"), false));
        assertThat(isRemembered(token)).as("its account was changed").isFalse();
    }

    @Test
    void a_change_to_a_project_touches_its_tokens_and_no_others() {
        PlainToken one = projectToken("one", 0);
        PlainToken other = projectToken("other", 0);
        world.caller(one);
        world.caller(other);

        world.managingProjects.delete(world.admin(), "one");

        assertThat(isRemembered(one)).isFalse();
        assertThat(isRemembered(other)).isTrue();
        assertThat(world.rejection(one)).isEqualTo(new Rejection.ProjectGone("one"));
    }

    @Test
    void a_revoked_token_leaves_its_brothers_remembered() {
        PlainToken one = projectToken("demo", 0);
        PlainToken brother = world.managingProjectTokens
                .issue(world.admin(), "demo", "ci", new NewToken(Optional.of("brother"), "", 0))
                .secret();
        world.caller(one);
        world.caller(brother);

        world.managingProjectTokens.revoke(world.admin(), "demo", "ci", Optional.of("t"), 0);

        assertThat(isRemembered(one)).isFalse();
        assertThat(isRemembered(brother)).isTrue();
    }

    @Test
    void after_a_change_of_keys_every_signature_is_verified_again() {
        PlainToken token = world.sessionToken("admin");
        world.caller(token);

        world.transactions.inTransaction(() -> world.changes.append(new AccessChange.OfKeys()));

        assertThat(isRemembered(token)).isFalse();
    }

    @Test
    void a_process_that_fell_behind_asks_the_store_each_time_and_remembers_nothing() {
        PlainToken token = world.sessionToken("admin");
        world.caller(token);

        world.changes.goStale();

        assertThat(isRemembered(token)).isFalse();
        world.caller(token);
        assertThat(isRemembered(token)).isFalse();
        world.changes.ask();
        world.caller(token);
        assertThat(isRemembered(token)).isTrue();
    }

    @Test
    void what_another_process_remembers_ends_with_the_change_too() {
        PlainToken token = projectToken("demo", 0);
        VerifiedTokens elsewhere = new InMemoryVerifiedTokens();
        Authenticating other = new AuthenticationService(
                new AuthenticationService.Ports(
                        elsewhere,
                        world.changes.inAnotherProcess(),
                        world.keys,
                        world.accounts,
                        world.sessions,
                        world.tokens,
                        world.projects),
                new LastUses(world.sessions, world.tokens, world.clock),
                new TokenPolicyInForce(world.tokenPolicies, world.changes.inAnotherProcess(), SessionRules.DEFAULT),
                world.acts,
                world.unjudged::add,
                world.tokenRules,
                world.clock);
        other.authenticate(token, World.origin());
        assertThat(other.recall(token, World.origin())).isPresent();

        world.managingProjectTokens.revoke(world.admin(), "demo", "ci", Optional.of("t"), 0);

        assertThat(other.recall(token, World.origin())).isEmpty();
        assertThat(other.authenticate(token, World.origin())).isInstanceOf(Authenticating.Answer.Rejected.class);
    }

    @Test
    void the_signature_of_a_known_token_is_verified_once_for_as_long_as_it_is_remembered() {
        PlainToken token = projectToken("demo", 0);
        Node node = new Node();

        for (int second = 0; second < VerifiedTokens.LOOKED_AT_AGAIN.toSeconds(); second++) {
            node.show(token);
            world.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(node.verifications).hasValue(1);
        for (int i = 0; i < 100; i++) node.show(token);
        assertThat(node.verifications).as("looked at again").hasValue(2);
    }

    @Test
    void the_signature_of_a_known_token_is_verified_again_after_each_change_that_it_rests_on_and_no_other() {
        PlainToken token = projectToken("demo", 0);
        Node node = new Node();
        int verified = 1;
        node.show(token);
        for (AccessChange each : List.of(
                new AccessChange.OfProject(new ProjectName("demo")),
                new AccessChange.OfCredential("t"),
                new AccessChange.OfKeys())) {
            world.transactions.inTransaction(() -> world.changes.append(each));
            for (int i = 0; i < 10; i++) node.show(token);
            assertThat(node.verifications).as(each.toString()).hasValue(++verified);
        }

        for (AccessChange each : List.of(
                new AccessChange.OfProject(new ProjectName("another")),
                new AccessChange.OfCredential("another"),
                new AccessChange.OfPolicy())) {
            world.transactions.inTransaction(() -> world.changes.append(each));
            for (int i = 0; i < 10; i++) node.show(token);
            assertThat(node.verifications).as(each.toString()).hasValue(verified);
        }
    }

    @Test
    void the_signature_is_verified_again_of_a_token_that_gave_way_to_others_and_each_time_where_uses_are_counted() {
        PlainToken token = projectToken("demo", 0);
        PlainToken counted = world.managingTokens
                .issue(
                        world.admin(),
                        "proj:demo:ci",
                        new NewToken(
                                Optional.of("counted"),
                                "",
                                Optional.of(3600L),
                                Optional.empty(),
                                new NewToken.Restricted(Optional.empty(), Optional.empty(), Optional.of(100L)),
                                Optional.empty()))
                .secret();
        Node node = new Node();
        node.show(token);

        node.remembered.forget();
        for (int i = 0; i < 10; i++) node.show(token);
        assertThat(node.verifications).hasValue(2);

        for (int i = 0; i < 10; i++) node.show(counted);
        assertThat(node.verifications).hasValue(12);
    }

    /** One more process, which counts what it verifies. */
    private final class Node {
        private final AtomicInteger verifications = new AtomicInteger();
        private final InMemoryVerifiedTokens remembered = new InMemoryVerifiedTokens();
        private final Authenticating authenticating = new AuthenticationService(
                new AuthenticationService.Ports(
                        remembered,
                        world.changes,
                        token -> {
                            verifications.incrementAndGet();
                            return world.keys.verify(token);
                        },
                        world.accounts,
                        world.sessions,
                        world.tokens,
                        world.projects),
                new LastUses(world.sessions, world.tokens, world.clock),
                new TokenPolicyInForce(world.tokenPolicies, world.changes, SessionRules.DEFAULT),
                world.acts,
                world.unjudged::add,
                world.tokenRules,
                world.clock);

        /** As every request does. */
        void show(PlainToken token) {
            if (authenticating.recall(token, World.origin()).isPresent()) return;
            assertThat(authenticating.authenticate(token, World.origin()))
                    .isInstanceOf(Authenticating.Answer.Authenticated.class);
        }
    }

    @Test
    void what_is_remembered_ends_with_the_token() {
        PlainToken token = projectToken("demo", 60);
        world.caller(token);

        world.clock.advance(Duration.ofSeconds(60));

        assertThat(world.authenticating.recall(token, World.origin())).isEmpty();
        assertThat(world.rejection(token)).isEqualTo(new Rejection.Expired());
    }

    @Test
    void a_revocation_by_the_same_process_holds_at_once() {
        PlainToken token = projectToken("demo", 0);
        world.caller(token);

        world.managingProjectTokens.revoke(world.admin(), "demo", "ci", Optional.of("t"), 0);

        assertThat(world.authenticating.recall(token, World.origin())).isEmpty();
        assertThat(world.rejection(token)).isInstanceOf(Rejection.ProjectTokenGone.class);
    }

    @Test
    void nobody_is_let_in_on_a_guess_when_the_store_does_not_answer() {
        PlainToken token = world.sessionToken("admin");
        world.caller(token);

        world.store.cutOff();

        assertThat(world.authenticating.recall(token, World.origin())).isEmpty();
        assertThatThrownBy(() -> world.authenticating.authenticate(token, World.origin()))
                .isInstanceOf(Refusal.Unavailable.class);
    }

    /** CVE-2020-8826. */
    @Test
    void a_password_change_ends_the_sessions_and_leaves_the_tokens() {
        world.account("alice", "login", "apiKey");
        PlainToken session = world.sessionToken("alice");
        Caller alice = world.caller(session);
        PlainToken token = world.managingAccountTokens
                .issue(alice, "alice", new NewToken(Optional.of("k"), "", 0))
                .secret();

        world.managingAccounts.changePassword(
                alice,
                new ManagingAccounts.PasswordChange(
                        "", new PlainPassword(World.PASSWORD), new PlainPassword("another long one")));

        assertThat(world.rejection(session)).isEqualTo(new Rejection.PasswordChanged());
        assertThat(world.caller(token).name()).isEqualTo("alice");
    }

    @Test
    void a_project_that_was_deleted_and_made_again_does_not_know_the_tokens_of_the_first() {
        PlainToken token = projectToken("demo", 0);
        world.managingProjects.delete(world.admin(), "demo");
        assertThat(world.rejection(token)).isEqualTo(new Rejection.ProjectGone("demo"));

        PlainToken next = projectToken("demo", 0);

        assertThat(world.rejection(token)).isInstanceOf(Rejection.ProjectTokenGone.class);
        assertThat(world.caller(next).name()).isEqualTo("proj:demo:ci");
    }

    @Test
    void a_token_shown_after_its_end_is_in_the_audit_and_a_forged_one_is_not() {
        PlainToken token = projectToken("demo", 0);
        world.managingProjectTokens.revoke(world.admin(), "demo", "ci", Optional.of("t"), 0);

        world.rejection(token);

        assertThat(world.lastEntry().action()).isEqualTo(AuditAction.ACCESS_DENIED);
        assertThat(world.lastEntry().actor().subject()).isEqualTo("proj:demo:ci");
        assertThat(world.lastEntry().target().name()).isEqualTo("t");
        assertThat(world.lastEntry().reason()).isEqualTo("projectTokenGone");
        world.rejection(new PlainToken("a.b.c"));
        assertThat(world.lastEntry().target().name()).isEqualTo("t");
    }

    @Test
    void a_job_that_goes_on_with_an_ended_token_does_not_fill_the_audit() {
        PlainToken token = projectToken("demo", 60);
        world.clock.advance(Duration.ofHours(1));

        for (int second = 0; second < 600; second++) {
            for (int time = 0; time < 10; time++) world.rejection(token);
            world.clock.advance(Duration.ofSeconds(1));
            world.acts.writeRepeated();
        }

        List<AuditEntry> told = world.entries(AuditAction.ACCESS_DENIED);
        assertThat(told).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.actor().tokenId()).contains("t");
            assertThat(entry.reason()).isEqualTo("expired");
        });
        assertThat(told.stream().flatMap(each -> each.changes().stream()).map(AuditEntry.Change::after))
                .containsExactly("3000", "2999");
    }

    @Test
    void an_ended_token_that_comes_from_elsewhere_is_in_the_audit_at_once() {
        PlainToken token = projectToken("demo", 60);
        world.clock.advance(Duration.ofHours(1));
        world.rejection(token);

        world.authenticating.authenticate(token, new Origin("198.51.100.9", "curl/8.5", "request-2"));

        assertThat(world.entries(AuditAction.ACCESS_DENIED))
                .extracting(each -> each.from().address())
                .containsExactly("198.51.100.9", World.origin().address());
    }

    @Test
    void a_forged_token_is_nobody() {
        assertThat(world.rejection(new PlainToken("a.b.c"))).isInstanceOf(Rejection.Forged.class);
    }

    private boolean isRemembered(PlainToken token) {
        return world.authenticating.recall(token, World.origin()).isPresent();
    }

    private PlainToken projectToken(String project, long seconds) {
        world.project(project);
        return world.managingProjectTokens
                .issue(world.admin(), project, "ci", new NewToken(Optional.of("t"), "", seconds))
                .secret();
    }
}
