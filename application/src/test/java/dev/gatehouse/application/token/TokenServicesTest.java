package dev.gatehouse.application.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.application.World;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditEntry.Outcome;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.TokenRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenServicesTest {
    private final World world = new World();

    @Test
    void a_token_is_named_by_its_creator_and_known_by_that_name_as_its_id() {
        world.project("demo");
        Caller admin = world.admin();

        IssuedToken issued = issue(admin, "demo", "build", 3600);

        assertThat(issued.token().id().value()).isEqualTo("build");
        assertThat(issued.token().createdBy()).isEqualTo("admin");
        assertThat(issued.token().expiresAt())
                .contains(issued.token().issuedAt().plusSeconds(3600));
        assertThat(world.lastEntry().action()).isEqualTo(AuditAction.TOKEN_CREATED);
        assertThat(world.lastEntry().target().name()).isEqualTo("ci/build");
    }

    @Test
    void a_name_is_never_given_twice_to_one_role_not_even_after_its_end() {
        world.project("demo");
        Caller admin = world.admin();
        issue(admin, "demo", "build", 0);
        world.managingProjectTokens.revoke(admin, "demo", "ci", Optional.of("build"), 0);

        assertThatThrownBy(() -> issue(world.admin(), "demo", "build", 0)).isInstanceOf(Refusal.Conflict.class);
        assertThat(world.lastEntry().outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void a_name_that_another_owner_used_gets_another_id() {
        world.project("demo");
        world.project("other");
        IssuedToken first = issue(world.admin(), "demo", "build", 0);

        IssuedToken second = issue(world.admin(), "other", "build", 0);

        assertThat(second.token().name()).isEqualTo(first.token().name());
        assertThat(second.token().id()).isNotEqualTo(first.token().id());
        assertThat(second.token().id().value()).startsWith("build~");
        world.managingProjectTokens.revoke(world.admin(), "demo", "ci", Optional.of("build"), 0);
        assertThat(world.caller(second.secret()).name()).isEqualTo("proj:other:ci");
    }

    @Test
    void a_wrong_name_never_ends_the_token_of_that_second() {
        world.project("demo");
        IssuedToken token = issue(world.admin(), "demo", "k", 0);
        long second = token.token().issuedAt().getEpochSecond();

        world.managingProjectTokens.revoke(world.admin(), "demo", "ci", Optional.of("other"), second);

        assertThat(world.caller(token.secret()).name()).isEqualTo("proj:demo:ci");
    }

    @Test
    void the_second_names_a_token_when_it_is_the_only_one_of_it() {
        world.project("demo");
        IssuedToken token = issue(world.admin(), "demo", "a", 0);
        long second = token.token().issuedAt().getEpochSecond();
        IssuedToken twin = issue(world.admin(), "demo", "b", 0);
        assertThatThrownBy(
                        () -> world.managingProjectTokens.revoke(world.admin(), "demo", "ci", Optional.empty(), second))
                .isInstanceOf(Refusal.Unmet.class);
        world.managingProjectTokens.revoke(world.admin(), "demo", "ci", Optional.of("b"), 0);

        world.managingProjectTokens.revoke(world.admin(), "demo", "ci", Optional.empty(), second);

        assertThat(world.rejection(token.secret())).isNotNull();
        assertThat(world.rejection(twin.secret())).isNotNull();
    }

    @Test
    void nobody_learns_what_exists_without_the_right_to_it() {
        world.project("demo");
        world.account("alice", "login");
        Caller alice = world.signIn("alice");

        assertThatThrownBy(() -> issue(alice, "demo", "x", 0)).isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> issue(alice, "no-such", "x", 0)).isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.managingAccountTokens.revoke(alice, "no-such", "x"))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThat(world.entries(AuditAction.ACCESS_DENIED)).hasSize(3);
    }

    @Test
    void whoever_asks_for_what_is_forbidden_again_and_again_is_refused_each_time_and_counted() {
        world.project("demo");
        world.account("alice", "login");
        Caller alice = world.signIn("alice");

        for (int time = 0; time < 100; time++)
            assertThatThrownBy(() -> issue(alice, "demo", "x", 0)).isInstanceOf(Refusal.Forbidden.class);
        world.acts.writeAllRepeated();

        assertThat(world.entries(AuditAction.ACCESS_DENIED).stream().map(AuditEntry::changes))
                .containsExactly(List.of(new AuditEntry.Change("repeated", "", "99")), List.of());
    }

    @Test
    void a_ceiling_shortens_what_is_asked_and_replaces_no_end() {
        World strict = new World(new TokenRules("argocd", Optional.of(Duration.ofHours(1))));
        strict.project("demo");

        for (long asked : new long[] {0, 7200, 3600}) {
            IssuedToken token = strict.managingProjectTokens.issue(
                    strict.admin(), "demo", "ci", new NewToken(Optional.empty(), "", asked));
            assertThat(token.token().expiresAt())
                    .contains(token.token().issuedAt().plusSeconds(3600));
        }
    }

    @Test
    void everybody_keeps_their_own_tokens_and_only_with_the_capability() {
        world.account("alice", "login", "apiKey");
        world.account("carol", "login");
        Caller alice = world.signIn("alice");

        IssuedToken token = world.managingAccountTokens.issue(alice, "alice", new NewToken(Optional.of("k"), "", 0));
        assertThat(world.caller(token.secret()).name()).isEqualTo("alice");
        assertThatThrownBy(() -> world.managingAccountTokens.issue(
                        world.signIn("carol"), "carol", new NewToken(Optional.empty(), "", 0)))
                .isInstanceOf(Refusal.Unmet.class);

        world.managingAccountTokens.revoke(alice, "alice", "k");
        assertThat(world.rejection(token.secret())).isNotNull();
        assertThatThrownBy(() -> world.managingAccountTokens.revoke(alice, "alice", "k"))
                .isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void a_role_that_is_removed_takes_its_tokens_along_for_good() {
        world.project("demo");
        IssuedToken token = issue(world.admin(), "demo", "k", 0);
        change(World.draft("demo"));
        assertThat(world.rejection(token.secret())).isNotNull();

        change(World.draft("demo", new ManagingProjects.RoleDraft("ci", "", List.of(), List.of())));

        assertThat(world.rejection(token.secret())).isNotNull();
    }

    private void change(ManagingProjects.Draft draft) {
        Project stored = world.managingProjects.get(world.admin(), draft.name()).project();
        world.managingProjects.update(
                world.admin(),
                new ManagingProjects.Draft(
                        draft.name(),
                        draft.namespace(),
                        stored.resourceVersion().toString(),
                        draft.labels(),
                        draft.description(),
                        draft.roles(),
                        draft.rest()));
    }

    private IssuedToken issue(Caller caller, String project, String name, long seconds) {
        return world.managingProjectTokens.issue(caller, project, "ci", new NewToken(Optional.of(name), "", seconds));
    }
}
