package dev.gatehouse.domain.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectTest {
    private static final ProjectName NAME = new ProjectName("demo");

    @Test
    void a_new_project_is_of_the_first_generation_and_version() {
        Project project = project(spec("", "ci"));

        assertThat(project.generation()).isEqualTo(1);
        assertThat(project.version()).isEqualTo(1);
    }

    @Test
    void whatever_is_written_again_is_a_new_generation() {
        Project project = project(spec("", "ci"));

        assertThat(project.with(new ProjectLabels(Map.of("a", "b"), Map.of(), List.of()), project.spec())
                        .generation())
                .isEqualTo(2);
        assertThat(project.with(project.labels(), spec("other", "ci")).generation())
                .isEqualTo(2);
        assertThat(project.with(project.labels(), spec("other", "ci")).version())
                .isEqualTo(1);
        assertThat(project.nextVersion().version()).isEqualTo(2);
        assertThat(project.nextVersion().generation()).isEqualTo(1);
    }

    @Test
    void no_state_has_the_resource_version_of_another_and_no_incarnation_that_of_another() {
        Set<String> seen = new HashSet<>(Set.of("0", "1"));
        for (int i = 0; i < 1_000; i++) {
            Project project = Project.found(
                    new ProjectId("00000000-0000-4000-8000-%012d".formatted(i)),
                    new ProjectName("demo"),
                    ProjectLabels.NONE,
                    spec(""),
                    Instant.EPOCH);
            for (int version = 0; version < 5; version++) {
                String text = project.resourceVersion().toString();
                assertThat(seen.add(text)).isTrue();
                assertThat(ResourceVersion.parse(text)).contains(project.resourceVersion());
                project = project.nextVersion();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "-1", "+1", "1.0", " 1", "99999999999999999999", "9223372036854775808", "\u0661"})
    void what_was_never_given_out_is_no_resource_version(String text) {
        assertThat(ResourceVersion.parse(text)).isEmpty();
    }

    @Test
    void the_roles_that_are_gone_are_named() {
        Project before = project(spec("", "a", "b", "c"));
        Project after = project(spec("", "b", "d"));

        assertThat(before.rolesGoneIn(after)).containsExactly(new RoleName("a"), new RoleName("c"));
        assertThat(before.rolesGoneIn(before)).isEmpty();
        assertThat(before.role(new RoleName("a"))).isPresent();
        assertThat(before.role(new RoleName("A"))).isEmpty();
    }

    @Test
    void no_two_roles_have_one_name() {
        assertThat(Refused.faultOf(() -> spec("", "a", "b", "a")))
                .isEqualTo(new Fault("spec.roles", ProjectRule.ROLE_TWICE, "a"));
        assertThat(spec("", "a", "A").roles()).hasSize(2);
    }

    @Test
    void no_two_policies_of_a_role_are_alike() {
        RoleName ci = new RoleName("ci");
        RolePolicy once = RolePolicy.parse(NAME, ci, "p, proj:demo:ci, logs, get, demo/*, allow");
        RolePolicy again = RolePolicy.parse(NAME, ci, "p,proj:demo:ci,logs,get,demo/*,allow");
        RolePolicy denied = RolePolicy.parse(NAME, ci, "p, proj:demo:ci, logs, get, demo/*, deny");

        assertThat(Refused.faultOf(() -> new ProjectRole(ci, "", List.of(once, denied, again), List.of())))
                .isEqualTo(new Fault("spec.roles.policies", ProjectRule.POLICY_TWICE, once.text(), "ci"));
        assertThat(new ProjectRole(ci, "", List.of(once, denied), List.of()).policies())
                .containsExactly(once, denied);
    }

    @Test
    void no_two_groups_of_a_role_are_alike() {
        RoleName ci = new RoleName("ci");
        GroupName team = new GroupName("team");

        assertThat(Refused.faultOf(() -> new ProjectRole(ci, "", List.of(), List.of(team, new GroupName("team")))))
                .isEqualTo(new Fault("spec.roles.groups", ProjectRule.GROUP_TWICE, "team", "ci"));
    }

    @Test
    void a_project_holds_so_much_and_no_more() {
        RoleName ci = new RoleName("ci");
        List<RolePolicy> policies = IntStream.rangeClosed(0, 1_000)
                .mapToObj(each -> RolePolicy.parse(NAME, ci, "p, proj:demo:ci, logs, get, demo/" + each + ", allow"))
                .toList();
        List<GroupName> groups = IntStream.rangeClosed(0, 1_000)
                .mapToObj(each -> new GroupName("group-" + each))
                .toList();
        List<ProjectRole> roles = IntStream.rangeClosed(0, 1_000)
                .mapToObj(each -> new ProjectRole(new RoleName("role-" + each), "", List.of(), List.of()))
                .toList();

        new ProjectRole(ci, "", policies.subList(0, 1_000), groups.subList(0, 1_000));
        new ProjectSpec("\uD83D\uDD11".repeat(255), roles.subList(0, 1_000), "x".repeat(1 << 20));
        assertThat(Refused.faultOf(() -> new ProjectRole(ci, "", policies, List.of())))
                .isEqualTo(new Fault("spec.roles.policies", ProjectRule.TOO_MANY, "policies", "1000"));
        assertThat(Refused.faultOf(() -> new ProjectRole(ci, "", List.of(), groups)))
                .isEqualTo(new Fault("spec.roles.groups", ProjectRule.TOO_MANY, "groups", "1000"));
        assertThat(Refused.faultOf(() -> new ProjectSpec("", roles, "{}")))
                .isEqualTo(new Fault("spec.roles", ProjectRule.TOO_MANY, "roles", "1000"));
        assertThat(Refused.faultOf(() -> new ProjectSpec("", List.of(), "x".repeat((1 << 20) + 1)))
                        .rule())
                .isEqualTo(ProjectRule.TOO_MANY);
        assertThat(Refused.faultOf(() -> new ProjectSpec("a".repeat(256), List.of(), "{}"))
                        .rule())
                .isEqualTo(ProjectRule.DESCRIPTION_LENGTH);
    }

    @Test
    void what_was_handed_in_can_change_without_changing_the_project() {
        List<ProjectRole> roles = new java.util.ArrayList<>(spec("", "a").roles());
        ProjectSpec spec = new ProjectSpec("", roles, "{}");

        roles.clear();

        assertThat(spec.roles()).hasSize(1);
        assertThat(ProjectLabels.NONE.labels()).isEqualTo(Collections.emptyMap());
    }

    private static Project project(ProjectSpec spec) {
        return Project.found(
                new ProjectId("00000000-0000-4000-8000-000000000001"), NAME, ProjectLabels.NONE, spec, Instant.EPOCH);
    }

    private static ProjectSpec spec(String description, String... roles) {
        return new ProjectSpec(
                description,
                java.util.stream.Stream.of(roles)
                        .map(each -> new ProjectRole(new RoleName(each), "", List.of(), List.of()))
                        .toList(),
                ProjectSpec.NOTHING_ELSE);
    }
}
