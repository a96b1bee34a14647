package dev.gatehouse.application.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.application.World;
import dev.gatehouse.application.project.ManagingProjects.Draft;
import dev.gatehouse.application.project.ManagingProjects.RoleDraft;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.Permission;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Outcome;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRule;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gives in a project what they do not hold. */
class GrantsTest {
    private static final String POLICY = """
            p, role:editor, projects, get, demo, allow
            p, role:editor, projects, update, demo, allow
            p, role:editor, projects, create, new, allow
            p, role:editor, projects, get, new, allow
            p, role:editor, applications, get, */*, allow
            p, role:editor, applications, sync, demo/a*, allow
            g, bob, role:editor
            p, role:keeper, projects, *, *, allow
            g, carol, role:keeper
            """;

    private final World world = new World();
    private final Caller bob;
    private final Caller carol;

    GrantsTest() {
        for (String each : List.of("bob", "carol")) world.account(each, "login");
        policy(POLICY, MatchMode.GLOB);
        bob = world.signIn("bob");
        carol = world.signIn("carol");
    }

    private void policy(String csv, MatchMode mode) {
        PolicyDocument now = world.policies.current();
        world.policies.update(new PolicyDocument(csv, Map.of(), "", List.of("groups"), mode, now.version()));
        world.changes.append(new AccessChange.OfPolicy());
    }

    private static RoleDraft role(String project, String name, List<String> groups, String... policies) {
        List<String> lines = new ArrayList<>();
        for (String each : policies) lines.add("p, proj:" + project + ":" + name + ", " + each);
        return new RoleDraft(name, "", lines, groups);
    }

    private static RoleDraft ci(String... policies) {
        return role("demo", "ci", List.of(), policies);
    }

    private static RoleDraft ciOf(List<String> groups, String... policies) {
        return role("demo", "ci", groups, policies);
    }

    private void stored(RoleDraft... roles) {
        world.managingProjects.create(world.admin(), World.draft("demo", roles), true);
    }

    private Draft changed(RoleDraft... roles) {
        String version = world.managingProjects
                .get(world.admin(), "demo")
                .project()
                .resourceVersion()
                .toString();
        return new Draft("demo", "", version, ProjectLabels.NONE, "", List.of(roles), "{}");
    }

    private void allowed(Caller caller, RoleDraft... roles) {
        world.managingProjects.update(caller, changed(roles));
    }

    private void refused(ProjectRule rule, RoleDraft... roles) {
        assertThatThrownBy(() -> world.managingProjects.update(bob, changed(roles)))
                .isInstanceOfSatisfying(
                        Refusal.Forbidden.class,
                        e -> assertThat(e.because().orElseThrow().rule()).isEqualTo(rule));
        assertThat(world.entries(AuditAction.PROJECT_CHANGED).getFirst().outcome())
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void what_one_holds_one_gives() {
        stored(ci());
        allowed(bob, ci("applications, get, demo/*, allow"));
        allowed(bob, ci("applications, get, demo/*, allow", "applications, sync, demo/ab*, allow"));
        allowed(bob, ci("applications, delete, demo/*, deny"));
    }

    @Test
    void what_one_does_not_hold_one_does_not_give() {
        stored(ci());
        refused(ProjectRule.GRANT_BY_POLICY, ci("applications, delete, demo/*, allow"));
        refused(ProjectRule.GRANT_BY_POLICY, ci("applications, sync, demo/*, allow"));
        refused(ProjectRule.GRANT_BY_POLICY, ci("applications, *, demo/*, allow"));
        refused(ProjectRule.GRANT_BY_POLICY, ci("logs, get, demo/*, allow"));
        refused(ProjectRule.GRANT_BY_POLICY, ci(), role("demo", "more", List.of(), "exec, create, demo/a, allow"));
    }

    @Test
    void what_was_there_may_stay_and_be_narrowed() {
        stored(ci("applications, *, demo/*, allow", "logs, get, demo/*, allow"));
        allowed(bob, ci("applications, *, demo/*, allow", "logs, get, demo/*, allow"));
        allowed(bob, ci("applications, delete, demo/prod-*, allow", "logs, get, demo/*, allow"));
        allowed(bob, ci("logs, get, demo/*, allow"));
        refused(ProjectRule.GRANT_BY_POLICY, ci("applications, delete, demo/prod-*, allow"));
        allowed(bob);
    }

    @Test
    void taking_a_deny_away_is_giving() {
        stored(ci("applications, get, demo/*, allow", "applications, delete, demo/prod-*, deny"));
        refused(ProjectRule.GRANT_BY_REMOVAL, ci("applications, get, demo/*, allow"));
        refused(ProjectRule.GRANT_BY_REMOVAL, ci("applications, delete, demo/prod-1, deny"));
        refused(ProjectRule.GRANT_BY_REMOVAL);
        allowed(bob, ci("applications, delete, demo/*, deny"));
        stored(ci("applications, get, demo/x, deny"));
        allowed(bob, ci());
    }

    @Test
    void a_group_gets_all_that_the_role_allows_and_loses_all_that_it_denies() {
        stored(ci("applications, *, demo/*, allow"));
        refused(ProjectRule.GRANT_TO_GROUP, ciOf(List.of("devs"), "applications, *, demo/*, allow"));
        stored(ciOf(List.of("devs"), "applications, *, demo/*, allow"));
        allowed(bob, ciOf(List.of("\"devs\""), "applications, *, demo/*, allow"));
        refused(ProjectRule.GRANT_TO_GROUP, ciOf(List.of("devs", "ops"), "applications, *, demo/*, allow"));
        allowed(bob, ci("applications, *, demo/*, allow"));
        stored(ciOf(List.of("devs", "ops"), "applications, delete, demo/*, deny"));
        refused(ProjectRule.GRANT_BY_REMOVAL, ciOf(List.of("devs"), "applications, delete, demo/*, deny"));
        allowed(bob, ciOf(List.of("devs", "ops", "more"), "applications, delete, demo/*, deny"));
    }

    @Test
    void a_role_by_itself_is_the_right_to_see_the_project() {
        policy("p, bob, projects, update, demo, allow", MatchMode.GLOB);
        stored(ci());
        refused(ProjectRule.GRANT_BY_ROLE, ci(), role("demo", "more", List.of()));
        refused(ProjectRule.GRANT_BY_ROLE, ciOf(List.of("devs")));
        allowed(bob, ci());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p, proj:demo:ops, accounts, get, *, allow",
                "p, proj:demo:ops, applications, get, */secret, deny",
                "g, proj:demo:ops, role:admin"
            })
    void a_role_that_the_global_policy_speaks_of_is_given_and_taken_by_who_may_update_all_projects(String line) {
        policy(POLICY + line + "\n", MatchMode.GLOB);
        RoleDraft ops = role("demo", "ops", List.of());
        RoleDraft opsOfDevs = role("demo", "ops", List.of("devs"));
        stored(ci());
        refused(ProjectRule.GRANT_BY_GLOBAL_POLICY, ci(), ops);
        allowed(carol, ci(), ops);
        refused(ProjectRule.GRANT_BY_GLOBAL_POLICY, ci(), opsOfDevs);
        allowed(carol, ci(), opsOfDevs);
        refused(ProjectRule.GRANT_BY_GLOBAL_POLICY, ci(), ops);
        refused(ProjectRule.GRANT_BY_GLOBAL_POLICY, ci());

        allowed(bob, ci("applications, get, demo/*, allow"), opsOfDevs);
        allowed(carol, ops);
        allowed(bob);
    }

    @Test
    void a_token_that_is_narrowed_gives_nothing_whoever_holds_it() {
        stored(ci());
        Draft more = changed(ci("applications, get, demo/*, allow"));
        for (Caller each : List.of(world.admin(), carol, bob))
            assertThatThrownBy(() -> world.managingProjects.update(
                            narrowed(each, "projects, *, *", "applications, *, demo/*"), more))
                    .isInstanceOfSatisfying(
                            Refusal.Forbidden.class,
                            e -> assertThat(e.because().orElseThrow().rule()).isEqualTo(ProjectRule.GRANT_BY_POLICY));
        world.managingProjects.update(narrowed(bob, "projects, *, *"), changed(ci()));
    }

    private static Caller narrowed(Caller caller, String... permissions) {
        return new Caller(
                caller.subject(),
                caller.groups(),
                caller.method(),
                caller.credential(),
                caller.issuedAt(),
                Optional.empty(),
                caller.issuer(),
                caller.origin(),
                new Limits(
                        List.of(),
                        Stream.of(permissions)
                                .map(each -> Permission.parse("permissions", each))
                                .toList()));
    }

    @Test
    void who_makes_a_project_gives_what_its_roles_allow() {
        assertThatThrownBy(() -> world.managingProjects.create(
                        bob,
                        World.draft("new", role("new", "ci", List.of(), "applications, delete, new/*, allow")),
                        false))
                .isInstanceOfSatisfying(Refusal.Forbidden.class, e -> {
                    assertThat(e.because().orElseThrow().rule()).isEqualTo(ProjectRule.GRANT_BY_POLICY);
                    assertThat(e.because().orElseThrow().arguments())
                            .containsExactly("ci", "p, proj:new:ci, applications, delete, new/*, allow");
                });
        assertThat(world.entries(AuditAction.PROJECT_CREATED).getFirst().outcome())
                .isEqualTo(Outcome.REFUSED);
        world.managingProjects.create(
                bob, World.draft("new", role("new", "ci", List.of(), "applications, get, new/*, allow")), false);
    }

    @Test
    void who_may_update_all_projects_gives_anything() {
        stored(ci());
        allowed(world.admin(), ci("applications, *, demo/*, allow"));
        allowed(carol, ciOf(List.of("devs"), "exec, *, demo/*, allow"));
        allowed(carol);
        policy(POLICY + "p, carol, projects, update, other, deny\n", MatchMode.GLOB);
        assertThatThrownBy(() -> allowed(carol, ci("exec, *, demo/*, allow"))).isInstanceOf(Refusal.Forbidden.class);
    }

    @Test
    void an_upsert_is_an_update() {
        stored(ci());
        policy(POLICY + "p, bob, projects, create, demo, allow\n", MatchMode.GLOB);
        assertThatThrownBy(() -> world.managingProjects.create(
                        bob, World.draft("demo", ci("applications, delete, demo/*, allow")), true))
                .isInstanceOf(Refusal.Forbidden.class);
        world.managingProjects.create(bob, World.draft("demo", ci("applications, get, demo/*, allow")), true);
    }

    @Test
    void in_regular_expressions_only_the_same_is_the_same() {
        policy("""
                p, bob, projects, .*, ^demo$, allow
                p, bob, applications, ^get$, .*, allow
                p, bob, applications, get, demo/*, allow
                """, MatchMode.REGEX);
        stored(ci());
        allowed(bob, ci("applications, get, demo/*, allow"));
        refused(ProjectRule.GRANT_BY_POLICY, ci("applications, get, demo/.*, allow"));
        refused(ProjectRule.GRANT_BY_POLICY, ci("applications, sync, demo/*, allow"));
    }

    /** Whatever bob writes into the role: what it may afterwards and might not before, bob may. */
    @Test
    void no_edit_gives_more_than_its_editor_has() {
        Random random = new Random(5);
        List<String> actions = List.of("get", "sync", "delete", "*", "action/*", "action/x");
        List<String> objects = List.of("*", "a*", "ab", "b*", "*b", "ab/c");
        int taken = 0;
        for (int round = 0; round < 300; round++) {
            policy(POLICY + randomRules(random, "bob", actions, objects), MatchMode.GLOB);
            stored(randomRole(random, actions, objects));
            List<Boolean> before = answers();
            List<Boolean> own = answersOf(bob);
            try {
                world.managingProjects.update(bob, changed(randomRole(random, actions, objects)));
                taken++;
            } catch (Refusal.Forbidden e) {
                assertThat(answers()).isEqualTo(before);
            }
            List<Boolean> after = answers();
            for (int i = 0; i < after.size(); i++)
                assertThat(after.get(i) && !before.get(i) && !own.get(i))
                        .as("round " + round + ", question " + i)
                        .isFalse();
        }
        assertThat(taken).isBetween(30, 290);
    }

    private static String randomRules(Random random, String subject, List<String> actions, List<String> objects) {
        StringBuilder rules = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--)
            rules.append("p, ")
                    .append(subject)
                    .append(", applications, ")
                    .append(actions.get(random.nextInt(actions.size())))
                    .append(", demo/")
                    .append(objects.get(random.nextInt(objects.size())))
                    .append(random.nextInt(4) == 0 ? ", deny\n" : ", allow\n");
        return rules.toString();
    }

    private static RoleDraft randomRole(Random random, List<String> actions, List<String> objects) {
        List<String> lines = randomRules(random, "proj:demo:ci", actions, objects)
                .lines()
                .distinct()
                .toList();
        return new RoleDraft("ci", "", lines, random.nextBoolean() ? List.of() : List.of("devs"));
    }

    private List<Boolean> answers() {
        Subject ci = new Subject.OfProjectRole(new ProjectName("demo"), new RoleName("ci"));
        return answersOf(bob.as(ci));
    }

    private List<Boolean> answersOf(Caller caller) {
        List<Boolean> answers = new ArrayList<>();
        for (String action : List.of("get", "sync", "delete", "action/x", "action/y", "override"))
            for (String object : List.of("demo/a", "demo/ab", "demo/b", "demo/abb", "demo/ab/c", "demo/x"))
                answers.add(
                        world.authorizing.decide(caller, new AccessQuestion("applications", action, object))
                                instanceof Decision.Allowed);
        return answers;
    }
}
