package dev.gatehouse.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.application.World;
import dev.gatehouse.application.access.AskingPolicy.Answer;
import dev.gatehouse.application.access.AskingPolicy.Draft;
import dev.gatehouse.application.access.AskingPolicy.DraftProject;
import dev.gatehouse.application.access.AskingPolicy.Question;
import dev.gatehouse.application.access.AskingPolicy.Who;
import dev.gatehouse.application.access.AskingPolicy.Why;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.AccessRule;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Explanation.Found;
import dev.gatehouse.domain.access.IdentityClaims;
import dev.gatehouse.domain.access.PolicyDiff;
import dev.gatehouse.domain.access.ProjectPolicy.DraftRole;
import dev.gatehouse.domain.access.WhoCan;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyAdviceServiceTest {
    private static final AccessQuestion GET_WEB = new AccessQuestion("applications", "get", "demo/web");

    private final World world = new World();
    private final Caller admin = world.admin();

    @Test
    void the_policy_in_force_is_asked_about_anybody() {
        world.project("demo");
        put("g, alice, role:dev\np, role:dev, applications, get, */*, allow\n");

        assertThat(can(Optional.empty(), "alice")).isTrue();
        assertThat(can(Optional.empty(), "bob")).isFalse();
        assertThat(can(Optional.empty(), "proj:demo:ci")).isTrue();
        assertThat(can(Optional.empty(), "")).isFalse();
    }

    @Test
    void a_role_that_does_not_exist_is_no_yes_even_where_everybody_may() {
        world.project("demo");
        Optional<Draft> draft = Optional.of(Draft.of("", "role:readonly"));

        assertThat(answer(draft, "role:typo")).isEqualTo(new Answer.NoSuchRole("role:typo"));
        assertThat(answer(draft, "proj:demo:ci")).isEqualTo(new Answer.NoSuchRole("proj:demo:ci"));
        assertThat(answer(Optional.empty(), "proj:demo:typo")).isEqualTo(new Answer.NoSuchRole("proj:demo:typo"));
        assertThat(can(draft, "role:readonly")).isTrue();
        // Argo CD's answer for role:typo: to it that is a name like any other, which has what the default has.
        assertThat(can(draft, "typo")).isTrue();
        assertThat(world.askingPolicy.explain(admin, draft, about("role:typo")))
                .isEqualTo(new Why.NoSuchRole("role:typo"));
    }

    @Test
    void a_draft_takes_nothing_from_the_policy_in_force() {
        world.project("demo");
        put("p, alice, applications, get, */*, allow\n");

        assertThat(can(Optional.of(Draft.of("", "")), "alice")).isFalse();
        assertThat(can(Optional.of(Draft.of("p, bob, applications, get, demo/*, allow", "")), "bob"))
                .isTrue();
        assertThat(can(
                        Optional.of(new Draft(
                                "",
                                Map.of(),
                                "",
                                List.of(),
                                "regex",
                                List.of(new DraftProject(
                                        "demo",
                                        List.of(new DraftRole(
                                                "dev",
                                                List.of("p, proj:demo:dev, applications, get, demo/w.b$, allow"),
                                                List.of())))))),
                        "proj:demo:dev"))
                .isTrue();
    }

    /** Argo CD contract 5.2: exactly {@code regex} is regular expressions, every other text is globs. */
    @ParameterizedTest
    @ValueSource(strings = {"", "glob", "Regex", "REGEX", "regex ", "re2"})
    void a_draft_of_a_mode_that_nobody_knows_is_read_as_globs(String mode) {
        String csv = "p, alice, applications, get, demo/*, allow\np, bob, applications, get, ^demo/, allow\n";
        Function<String, Optional<Draft>> draft =
                word -> Optional.of(new Draft(csv, Map.of(), "", List.of(), word, List.of()));

        assertThat(can(draft.apply(mode), "alice")).isTrue();
        assertThat(can(draft.apply(mode), "bob")).isFalse();
        assertThat(can(draft.apply("regex"), "bob")).isTrue();
    }

    @Test
    void somebody_of_an_identity_provider_cannot_pass_for_an_account() {
        world.account("carol", "login");
        put("g, devs, role:dev\ng, carol, role:dev\np, role:dev, applications, get, */*, allow\n");

        assertThat(can(claimed("x", "devs"))).isTrue();
        assertThat(can(claimed("x", "carol"))).isFalse();
        assertThat(can(claimed("carol"))).isFalse();
        assertThat(can(claimed("admin"))).isFalse();
    }

    @Test
    void a_draft_that_does_not_read_is_refused_and_validation_says_where() {
        Draft draft = Draft.of("p, alice\n\np, bob, applications, get, */*, Allow\n", "role:typo");

        assertThat(world.askingPolicy.validate(admin, draft))
                .extracting(Fault::field)
                .containsExactly("policyCsv:1:4", "policyCsv:3:33");
        assertThatThrownBy(() -> can(Optional.of(draft), "alice")).isInstanceOf(Refusal.Invalid.class);
        assertThat(world.askingPolicy.validate(admin, Draft.of("", "role:typo")))
                .extracting(Fault::field)
                .containsExactly("policyDefault");
        assertThat(world.askingPolicy.validate(admin, Draft.of("g, a, b", ""))).isEmpty();
    }

    @Test
    void a_draft_that_nobody_could_undo_or_whose_scopes_are_blank_is_not_valid() {
        assertThat(world.askingPolicy.validate(admin, Draft.of("p, admin, *, *, *, deny\n", "")))
                .extracting(Fault::rule)
                .containsExactly(AccessRule.NO_ADMINISTRATOR);
        assertThat(world.askingPolicy.validate(
                        admin, new Draft("", Map.of(), "", List.of("groups", " "), "glob", List.of())))
                .extracting(Fault::rule)
                .containsExactly(AccessRule.SCOPES);
    }

    @Test
    void an_explanation_reaches_into_projects() {
        world.project("demo");

        assertThat(world.askingPolicy.explain(admin, Optional.empty(), about("proj:demo:ci")))
                .isInstanceOfSatisfying(
                        Why.Explained.class,
                        why -> assertThat(why.explanation().decidedBy())
                                .map(Found::source)
                                .contains("project:demo"));
    }

    @Test
    void who_can_and_permissions_speak_of_the_policy_in_force() {
        world.project("demo");
        put("g, proj:demo:ci, role:more\np, role:more, logs, get, demo/*, allow\n");

        assertThat(world.askingPolicy.whoCan(admin, GET_WEB).holders())
                .extracting(WhoCan.Holder::subject)
                .containsExactly("admin", "proj:demo:ci");
        assertThat(world.askingPolicy.permissions(admin, "demo", "ci"))
                .extracting(Found::source)
                .containsExactly("implied:demo", "project:demo", "project:demo", "global");
        assertThatThrownBy(() -> world.askingPolicy.permissions(admin, "demo", "none"))
                .isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void a_difference_is_one_to_the_policy_in_force() {
        put("p, alice, applications, get, demo/*, allow\n");

        PolicyDiff diff = world.askingPolicy.diff(admin, Draft.of("", ""));

        assertThat(diff.lost())
                .contains(new PolicyDiff.Change("alice", new AccessQuestion("applications", "get", "demo/*")));
        assertThat(diff.gained()).isEmpty();
    }

    @Test
    void a_change_to_a_project_counts_at_once_and_the_policy_stays() {
        world.project("demo");
        assertThat(can(Optional.empty(), "proj:demo:ci")).isTrue();

        world.managingProjects.delete(admin, "demo");

        assertThat(answer(Optional.empty(), "proj:demo:ci")).isInstanceOf(Answer.NoSuchRole.class);
    }

    @Test
    void only_who_may_read_the_policy_asks_it() {
        world.account("alice", "login");
        Caller alice = world.signIn("alice");

        assertThatThrownBy(() -> world.askingPolicy.can(alice, Optional.empty(), List.of(about("alice"))))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.askingPolicy.validate(alice, Draft.of("", "")))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.askingPolicy.explain(alice, Optional.empty(), about("alice")))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.askingPolicy.whoCan(alice, GET_WEB)).isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.askingPolicy.diff(alice, Draft.of("", "")))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.askingPolicy.permissions(alice, "none", "none"))
                .as("nothing is said about whether it exists")
                .isInstanceOf(Refusal.Forbidden.class);
    }

    private static Question about(String subject) {
        return new Question(new Who.Named(subject, List.of()), GET_WEB);
    }

    private static Question claimed(String subject, String... groups) {
        return new Question(
                new Who.Claimed(new IdentityClaims(Map.of("sub", subject, "groups", List.of(groups)))), GET_WEB);
    }

    private Answer answer(Optional<Draft> draft, String subject) {
        return world.askingPolicy.can(admin, draft, List.of(about(subject))).getFirst();
    }

    private boolean can(Optional<Draft> draft, String subject) {
        return answer(draft, subject) instanceof Answer.Decided(Decision.Allowed allowed);
    }

    private boolean can(Question question) {
        return world.askingPolicy
                        .can(admin, Optional.empty(), List.of(question))
                        .getFirst()
                instanceof Answer.Decided(Decision.Allowed allowed);
    }

    private void put(String csv) {
        world.managingPolicy.replace(
                admin,
                new ManagingPolicy.Draft(
                        csv,
                        "",
                        List.of("groups"),
                        "glob",
                        Optional.of(world.managingPolicy.read(admin).version())));
    }
}
