package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.GroupName;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.ProjectSpec;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.project.RolePolicy;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final AccessQuestion GET_WEB = new AccessQuestion("applications", "get", "demo/web");

    // Allow, deny and neither

    @Test
    void what_nobody_allowed_is_denied() {
        assertThat(policy("").decide(caller("alice"), GET_WEB, Optional.empty()))
                .isEqualTo(new Decision.Denied(Optional.empty()));
    }

    @Test
    void the_rule_that_allowed_is_told() {
        Decision decision =
                policy("# first\np, alice, applications, *, demo/*, allow").decide(caller("alice"), GET_WEB, none());

        assertThat(decision).isInstanceOfSatisfying(Decision.Allowed.class, allowed -> {
            assertThat(allowed.rule().source()).isEqualTo("global");
            assertThat(allowed.rule().line()).isEqualTo(2);
        });
    }

    @Test
    void resource_action_and_object_must_all_fit() {
        Policy policy = policy("p, alice, applications, get, demo/*, allow");

        assertThat(allows(policy, caller("alice"), "applications", "get", "demo/web"))
                .isTrue();
        assertThat(allows(policy, caller("alice"), "applications", "get", "other/web"))
                .isFalse();
        assertThat(allows(policy, caller("alice"), "applications", "sync", "demo/web"))
                .isFalse();
        assertThat(allows(policy, caller("alice"), "logs", "get", "demo/web")).isFalse();
        assertThat(allows(policy, caller("bob"), "applications", "get", "demo/web"))
                .isFalse();
        assertThat(allows(policy, caller("Alice"), "applications", "get", "demo/web"))
                .isFalse();
    }

    @Test
    void subjects_are_names_and_never_patterns() {
        Policy policy = policy("p, *, applications, get, *, allow\np, ali*, applications, get, *, allow");

        assertThat(policy.decide(caller("alice"), GET_WEB, none())).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void a_deny_wins_over_an_allow_before_and_behind_it_and_is_told() {
        for (String csv : List.of(
                "p, alice, applications, *, *, allow\np, alice, applications, get, demo/*, deny",
                "p, alice, applications, get, demo/*, deny\np, alice, applications, *, *, allow")) {
            Decision decision = policy(csv).decide(caller("alice"), GET_WEB, none());
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Decision.Denied.class,
                            denied -> assertThat(denied.rule())
                                    .hasValueSatisfying(
                                            rule -> assertThat(rule.allows()).isFalse()));
        }
    }

    @Test
    void a_deny_of_one_group_wins_over_the_allow_of_another_and_of_the_caller() {
        for (List<String> groups : List.of(List.of("good", "bad"), List.of("bad", "good"))) {
            Caller caller = caller("alice", groups.toArray(String[]::new));
            assertThat(policy("""
                            p, good, applications, *, *, allow
                            p, alice, applications, *, *, allow
                            p, bad, applications, get, demo/*, deny
                            """).decide(caller, GET_WEB, none())).isInstanceOf(Decision.Denied.class);
        }
    }

    @Test
    void a_deny_far_down_the_links_wins() {
        assertThat(policy("""
                        p, alice, applications, *, *, allow
                        g, alice, role:a
                        g, role:a, role:b
                        p, role:b, applications, get, demo/*, deny
                        """).decide(caller("alice"), GET_WEB, none())).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void a_deny_wins_over_the_default() {
        Policy policy = policy("p, alice, projects, get, secret, deny", "role:readonly");

        assertThat(allows(policy, caller("alice"), "projects", "get", "other")).isTrue();
        assertThat(allows(policy, caller("alice"), "projects", "get", "secret")).isFalse();
        assertThat(allows(policy, caller("bob"), "projects", "get", "secret")).isTrue();
    }

    @Test
    void a_deny_for_the_administrator_counts() {
        Policy policy = policy("p, admin, projects, delete, default, deny");

        assertThat(allows(policy, caller("admin"), "projects", "delete", "other"))
                .isTrue();
        assertThat(allows(policy, caller("admin"), "projects", "delete", "default"))
                .isFalse();
    }

    // The default

    @Test
    void everybody_has_the_default_besides() {
        Policy policy = policy("p, alice, applications, sync, demo/*, allow", "role:readonly");

        assertThat(allows(policy, caller("alice"), "applications", "sync", "demo/web"))
                .isTrue();
        assertThat(allows(policy, caller("alice"), "applications", "get", "demo/web"))
                .isTrue();
        assertThat(allows(policy, caller("nobody"), "applications", "get", "demo/web"))
                .isTrue();
        assertThat(allows(policy, caller("nobody"), "applications", "sync", "demo/web"))
                .isFalse();
    }

    @Test
    void a_default_that_is_no_role_is_refused() {
        for (String each : List.of("role:none", "role:Readonly", " role:readonly", "readonly"))
            assertThat(Refused.faultOf(() -> policy("", each)))
                    .isEqualTo(new Fault("policyDefault", AccessRule.DEFAULT_UNKNOWN, each));
        policy("p, role:mine, projects, get, *, allow", "role:mine");
        policy("g, role:mine, role:readonly", "role:mine");
    }

    // Built in

    @Test
    void the_administrator_may_and_the_reader_may_look() {
        Policy policy = policy("g, bob, role:readonly");

        for (AccessQuestion each : List.of(
                new AccessQuestion("applications", "sync", "demo/web"),
                new AccessQuestion("applications", "update/apps/Deployment/ns/web", "demo/web"),
                new AccessQuestion("projects", "create", "demo"),
                new AccessQuestion("accounts", "update", "alice"),
                new AccessQuestion("certificates", "create", ""),
                new AccessQuestion("tokens", "delete", "demo/ci"),
                new AccessQuestion("sessions", "delete", "alice"),
                new AccessQuestion("policies", "update", "*"),
                new AccessQuestion("audit", "get", "*"))) {
            assertThat(policy.decide(caller("admin"), each, none()))
                    .as("%s", each)
                    .isInstanceOf(Decision.Allowed.class);
            assertThat(policy.decide(caller("bob"), each, none()))
                    .as("%s", each)
                    .isInstanceOf(Decision.Denied.class);
        }
        for (AccessQuestion each : List.of(
                GET_WEB,
                new AccessQuestion("projects", "get", "demo"),
                new AccessQuestion("accounts", "get", "alice"),
                new AccessQuestion("gpgkeys", "get", ""))) {
            assertThat(policy.decide(caller("bob"), each, none()))
                    .as("%s", each)
                    .isInstanceOf(Decision.Allowed.class);
            assertThat(policy.decide(caller("admin"), each, none()))
                    .as("%s", each)
                    .isInstanceOf(Decision.Allowed.class);
        }
    }

    // Links

    @Test
    void groups_are_given_what_a_link_gives_them() {
        assertThat(policy("p, team, applications, get, demo/*, allow").decide(caller("alice", "team"), GET_WEB, none()))
                .as("as in Argo CD: rules of a group without a link only deny")
                .isInstanceOf(Decision.Denied.class);
        assertThat(policy("g, team, role:dev\np, role:dev, applications, get, demo/*, allow")
                        .decide(caller("alice", "team"), GET_WEB, none()))
                .isInstanceOf(Decision.Allowed.class);
        assertThat(policy("g, team, role:readonly").decide(caller("alice", "other"), GET_WEB, none()))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void a_group_that_calls_itself_a_role_has_nothing() {
        for (String group : List.of("role:admin", "role:readonly", "proj:demo:ci"))
            assertThat(policy("p, proj:demo:ci, applications, get, demo/*, allow")
                            .decide(caller("alice", group), GET_WEB, none()))
                    .as(group)
                    .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void links_in_a_circle_end() {
        Policy policy = policy("""
                g, alice, role:a
                g, role:a, role:b
                g, role:b, role:c
                g, role:c, role:a
                g, role:c, role:c
                g, role:a, alice
                p, role:c, applications, get, demo/*, allow
                """);

        assertThat(policy.decide(caller("alice"), GET_WEB, none())).isInstanceOf(Decision.Allowed.class);
        assertThat(allows(policy, caller("alice"), "applications", "sync", "demo/web"))
                .isFalse();
    }

    @Test
    void links_are_followed_however_many_there_are() {
        for (int length : List.of(1, 10, 11, 12, 1_000)) {
            String links = IntStream.range(0, length)
                    .mapToObj(each -> "g, " + (each == 0 ? "alice" : "role:" + each) + ", role:" + (each + 1))
                    .collect(Collectors.joining("\n"));
            assertThat(policy(links + "\np, role:" + length + ", applications, get, demo/*, allow")
                            .decide(caller("alice"), GET_WEB, none()))
                    .as("%s links", length)
                    .isInstanceOf(Decision.Allowed.class);
            assertThat(policy(links + "\np, alice, applications, *, *, allow\np, role:" + length
                                    + ", applications, get, demo/*, deny")
                            .decide(caller("alice"), GET_WEB, none()))
                    .as("%s links to a deny", length)
                    .isInstanceOf(Decision.Denied.class);
        }
    }

    // Projects

    @Test
    void a_project_role_has_its_own_policies_and_may_see_its_project() {
        Project demo = project("demo", role("demo", "ci", "applications, get, demo/*, allow"));
        Caller ci = roleCaller("demo", "ci");

        assertThat(policy("").decide(ci, GET_WEB, ready(demo)))
                .isInstanceOfSatisfying(Decision.Allowed.class, allowed -> {
                    assertThat(allowed.rule().source()).isEqualTo("project:demo");
                    assertThat(allowed.rule().line()).isEqualTo(1);
                });
        assertThat(policy("").decide(ci, new AccessQuestion("projects", "get", "demo"), ready(demo)))
                .isInstanceOfSatisfying(
                        Decision.Allowed.class,
                        allowed -> assertThat(allowed.rule().source()).isEqualTo("implied:demo"));
        assertThat(policy("").decide(ci, new AccessQuestion("projects", "update", "demo"), ready(demo)))
                .isInstanceOf(Decision.Denied.class);
        assertThat(policy("").decide(roleCaller("demo", "other"), GET_WEB, ready(demo)))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void a_deny_in_the_project_wins_over_a_global_allow_and_the_other_way_round() {
        Project denying = project("demo", role("demo", "ci", "applications, get, demo/*, deny"));
        Project allowing = project("demo", role("demo", "ci", "applications, get, demo/*, allow"));
        Caller ci = roleCaller("demo", "ci");

        assertThat(policy("p, proj:demo:ci, applications, *, *, allow").decide(ci, GET_WEB, ready(denying)))
                .isInstanceOf(Decision.Denied.class);
        assertThat(policy("p, proj:demo:ci, applications, *, *, deny").decide(ci, GET_WEB, ready(allowing)))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void a_group_of_a_project_role_has_that_role_in_that_project_alone() {
        ProjectRole ci = role("demo", "ci", "applications, get, demo/*, allow");
        Project demo = project(
                "demo",
                new ProjectRole(
                        ci.name(), "", ci.policies(), List.of(new GroupName("team"), new GroupName("\"a, b\""))));

        assertThat(policy("").decide(caller("alice", "team"), GET_WEB, ready(demo)))
                .isInstanceOf(Decision.Allowed.class);
        assertThat(policy("").decide(caller("alice", "a, b"), GET_WEB, ready(demo)))
                .isInstanceOf(Decision.Allowed.class);
        assertThat(policy("").decide(caller("alice", "other"), GET_WEB, ready(demo)))
                .isInstanceOf(Decision.Denied.class);
        assertThat(policy("")
                        .decide(
                                caller("alice", "team"),
                                new AccessQuestion("applications", "get", "prod/web"),
                                ready(project("prod"))))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void the_role_of_another_project_is_a_stranger() {
        Project prod = project("prod", role("prod", "ci", "applications, get, prod/*, allow"));
        Caller stranger = roleCaller("demo", "ci");
        AccessQuestion question = new AccessQuestion("applications", "get", "prod/web");

        assertThat(policy("").decide(stranger, question, ready(prod))).isInstanceOf(Decision.Denied.class);
        assertThat(policy("p, proj:demo:ci, applications, get, prod/*, allow\ng, proj:demo:ci, role:admin")
                        .decide(stranger, question, ready(prod)))
                .isInstanceOf(Decision.Denied.class);
        assertThat(policy("p, proj:demo:ci, applications, get, prod/*, allow").decide(stranger, question, none()))
                .isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void a_stranger_has_the_default_unless_a_deny_is_written_for_it() {
        Project prod = project("prod");
        Caller stranger = roleCaller("demo", "ci");
        AccessQuestion question = new AccessQuestion("applications", "get", "prod/web");

        assertThat(policy("", "role:readonly").decide(stranger, question, ready(prod)))
                .isInstanceOf(Decision.Allowed.class);
        assertThat(policy("p, proj:demo:ci, applications, *, *, allow", "role:readonly")
                        .decide(stranger, new AccessQuestion("applications", "sync", "prod/web"), ready(prod)))
                .isInstanceOf(Decision.Denied.class);
        assertThat(policy("p, proj:demo:ci, applications, get, prod/*, deny", "role:readonly")
                        .decide(stranger, question, ready(prod)))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> assertThat(denied.rule()).isPresent());
    }

    @Test
    void a_composed_action_in_a_project_is_a_pattern_too() {
        Project demo = project("demo", role("demo", "ci", "applications, action/*, demo/*, allow"));

        assertThat(policy("")
                        .decide(
                                roleCaller("demo", "ci"),
                                new AccessQuestion("applications", "action/apps/Deployment/restart", "demo/web"),
                                ready(demo)))
                .isInstanceOf(Decision.Allowed.class);
    }

    // Questions

    @Test
    void a_question_names_the_project_that_has_a_say() {
        assertThat(new AccessQuestion("projects", "get", "demo").project()).contains("demo");
        for (String each : List.of(
                "applications",
                "applicationsets",
                "repositories",
                "clusters",
                "logs",
                "exec",
                "workflows",
                "tokens",
                "events",
                "webhookclients",
                "workflowtemplates",
                "workfloweventbindings")) {
            assertThat(new AccessQuestion(each, "get", "demo/web").project()).contains("demo");
            assertThat(new AccessQuestion(each, "get", "demo/ns/web").project()).contains("demo");
            assertThat(new AccessQuestion(each, "get", "demo").project()).isEmpty();
            assertThat(new AccessQuestion(each, "get", "/web").project()).isEmpty();
        }
        for (String each :
                List.of("accounts", "certificates", "gpgkeys", "write-repositories", "extensions", "sessions"))
            assertThat(new AccessQuestion(each, "get", "demo/web").project()).isEmpty();
    }

    @Test
    void a_question_in_bare_words_asks_for_what_there_is_and_the_action_is_looked_at_first() {
        assertThat(AccessQuestion.inBareWords("projects", "get", "demo"))
                .isEqualTo(new AccessQuestion("projects", "get", "demo"));
        assertThat(Refused.faultOf(() -> AccessQuestion.inBareWords("x", "y", "z")))
                .isEqualTo(new Fault("action", AccessQuestion.Broken.ACTION, "y"));
        assertThat(Refused.faultOf(() -> AccessQuestion.inBareWords("x", "get", "z")))
                .isEqualTo(new Fault("resource", AccessQuestion.Broken.RESOURCE, "x"));
        assertThat(Refused.faultOf(() -> AccessQuestion.inBareWords("projects", "action/x", "z"))
                        .rule())
                .isEqualTo(AccessQuestion.Broken.ACTION);
    }

    @Test
    void the_service_itself_is_nobody_a_policy_can_speak_of_by_a_name_people_have() {
        Caller itself = Caller.itself(Origin.itself("start-01"));

        assertThat(Username.ifValid(itself.name())).isEmpty();
        assertThat(itself.credential()).isEmpty();
        assertThat(policy("").decide(itself, GET_WEB, none())).isInstanceOf(Decision.Denied.class);
    }

    private static boolean allows(Policy policy, Caller caller, String resource, String action, String object) {
        return policy.decide(caller, new AccessQuestion(resource, action, object), none()) instanceof Decision.Allowed;
    }

    private static Optional<ProjectPolicy> none() {
        return Optional.empty();
    }

    private static Policy policy(String csv) {
        return policy(csv, "");
    }

    private static Policy policy(String csv, String defaultRole) {
        return Policy.of(new PolicyDocument(csv, defaultRole, List.of("groups"), 1));
    }

    private static Caller caller(String name, String... groups) {
        return caller(new Subject.OfAccount(new AccountId("1"), new Username(name)), List.of(groups));
    }

    private static Caller roleCaller(String project, String role) {
        return caller(new Subject.OfProjectRole(new ProjectName(project), new RoleName(role)), List.of());
    }

    private static Caller caller(Subject subject, List<String> groups) {
        return new Caller(
                subject,
                groups,
                Caller.Method.SESSION,
                Optional.of("id-1"),
                Optional.of(Instant.EPOCH),
                "argocd",
                Origin.itself("request-1"));
    }

    @Test
    void a_project_policy_of_another_mode_allows_nothing_and_denies_all() {
        Policy policy = Policy.of(new PolicyDocument("", Map.of(), "", List.of(), MatchMode.REGEX, 1));
        // As regular expressions, their actions do not read.
        Project p1 = project(
                "p1",
                role(
                        "p1",
                        "dev",
                        "applications, *, p1/*, allow",
                        "applications, *, p1/secret, deny",
                        "applications, get, p1/web, allow",
                        "applications, get, p1/secret, allow"));
        Optional<ProjectPolicy> ready = Optional.of(ProjectPolicy.of(p1, MatchMode.REGEX));
        Asker dev = Asker.local("proj:p1:dev");

        assertThat(policy.decide(dev, new AccessQuestion("applications", "get", "p1/web"), ready))
                .isInstanceOf(Decision.Allowed.class);
        assertThat(policy.decide(dev, new AccessQuestion("applications", "sync", "p1/web"), ready))
                .isInstanceOf(Decision.Denied.class);
        assertThat(policy.decide(dev, new AccessQuestion("applications", "get", "p1/secret"), ready))
                .isInstanceOf(Decision.Denied.class);
    }

    private static ProjectRole role(String project, String role, String... policies) {
        return new ProjectRole(
                new RoleName(role),
                "",
                Stream.of(policies)
                        .map(each -> RolePolicy.parse(
                                new ProjectName(project),
                                new RoleName(role),
                                "p, proj:" + project + ":" + role + ", " + each))
                        .toList(),
                List.of());
    }

    private static Project project(String name, ProjectRole... roles) {
        return Project.found(
                new ProjectId("1"),
                new ProjectName(name),
                ProjectLabels.NONE,
                new ProjectSpec("", List.of(roles), ProjectSpec.NOTHING_ELSE),
                Instant.EPOCH);
    }

    private static Optional<ProjectPolicy> ready(Project project) {
        return Optional.of(ProjectPolicy.of(project, MatchMode.GLOB));
    }
}
