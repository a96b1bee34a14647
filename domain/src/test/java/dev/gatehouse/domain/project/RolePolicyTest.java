package dev.gatehouse.domain.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows about policies in the table of section 4.3 of the Argo CD contract. */
class RolePolicyTest {
    private static final ProjectName PROJECT = new ProjectName("p");
    private static final RoleName ROLE = new RoleName("ci");

    @Test
    void a_policy_is_brought_to_its_normal_form() {
        RolePolicy policy = parse("p,proj:p:ci ,  applications,get,\tp/*  ,allow ");

        assertThat(policy)
                .isEqualTo(new RolePolicy(
                        "p, proj:p:ci, applications, get, p/*, allow", "applications", "get", "p/*", true));
        assertThat(parse("p, proj:p:ci, exec, *, p/*, deny").allows()).isFalse();
    }

    @Test
    void a_policy_has_six_parts_and_p_is_the_first() {
        for (String each : List.of(
                "",
                "p",
                "p, proj:p:ci, applications, get, p/*",
                "p, proj:p:ci, applications, get, p/*, allow, x",
                "p, proj:p:ci, applications, get, p/*, allow,",
                "g, proj:p:ci, applications, get, p/*, allow",
                "P, proj:p:ci, applications, get, p/*, allow",
                ", proj:p:ci, applications, get, p/*, allow",
                "\"p\", proj:p:ci, applications, get, p/*, allow",
                "p, proj:p:ci, applications, get, p/{a,b}, allow"))
            assertThat(fault(each).rule()).as(each).isEqualTo(ProjectRule.POLICY_FORM);
        assertThat(fault("p,x,y")).isEqualTo(new Fault("spec.roles.policies", ProjectRule.POLICY_FORM, "p, x, y"));
    }

    @Test
    void the_subject_is_the_role_itself() {
        for (String each : List.of(
                "",
                "ci",
                "proj:p",
                "proj:p:ci2",
                "proj:p2:ci",
                "proj:p:CI",
                "proj:P:ci",
                "proj:p:*",
                "*",
                "role:admin",
                "alice"))
            assertThat(fault("p, " + each + ", applications, get, p/*, allow"))
                    .isEqualTo(new Fault(
                            "spec.roles.policies",
                            ProjectRule.POLICY_SUBJECT,
                            "p, " + each + ", applications, get, p/*, allow",
                            "proj:p:ci",
                            each));
    }

    @Test
    void the_resource_belongs_to_projects() {
        for (String each : List.of(
                "applications",
                "applicationsets",
                "repositories",
                "exec",
                "logs",
                "clusters",
                "workflows",
                "workflowtemplates",
                "workfloweventbindings",
                "events",
                "webhookclients",
                "tokens"))
            assertThat(parse("p, proj:p:ci, " + each + ", get, p/*, allow").resource())
                    .isEqualTo(each);
        for (String each : List.of(
                "",
                "*",
                "projects",
                "accounts",
                "certificates",
                "gpgkeys",
                "sessions",
                "audit",
                "policies",
                "write-repositories",
                "extensions",
                "Applications",
                "app*"))
            assertThat(fault("p, proj:p:ci, " + each + ", get, p/*, allow"))
                    .isEqualTo(new Fault(
                            "spec.roles.policies",
                            ProjectRule.POLICY_RESOURCE,
                            "p, proj:p:ci, " + each + ", get, p/*, allow",
                            each));
    }

    @Test
    void the_action_is_one_of_a_list_or_holds_the_beginning_of_a_composed_one() {
        for (String each : List.of(
                "get",
                "list",
                "create",
                "update",
                "delete",
                "sync",
                "override",
                "rollback",
                "*",
                "action/x",
                "update/*",
                "delete/*",
                "xaction/y",
                "foo/delete/x",
                "action/apps/Deployment/restart",
                "update/?"))
            assertThat(parse("p, proj:p:ci, applications, " + each + ", p/*, allow")
                            .action())
                    .isEqualTo(each);
        for (String each : List.of("", "action", "invoke", "Get", "get*", "g?t", "**", "read", "actions/x"))
            assertThat(fault("p, proj:p:ci, applications, " + each + ", p/*, allow"))
                    .isEqualTo(new Fault(
                            "spec.roles.policies",
                            ProjectRule.POLICY_ACTION,
                            "p, proj:p:ci, applications, " + each + ", p/*, allow",
                            each));
    }

    @Test
    void an_action_that_would_be_no_pattern_is_refused() {
        for (String each : List.of(
                "action/[",
                "action/[]",
                "action/{",
                "action/}",
                "action/\\",
                "action/a\nb",
                "action/" + "a".repeat(1_000)))
            assertThat(fault("p, proj:p:ci, applications, " + each + ", p/*, allow")
                            .rule())
                    .as(each)
                    .isEqualTo(ProjectRule.POLICY_ACTION);
    }

    @Test
    void the_object_lies_in_the_project() {
        for (String each : List.of("p/*", "p/a", "p/ns/a", "p/*/*", "p/a*b", "p/a.b-c_D9", "p/**"))
            assertThat(parse("p, proj:p:ci, applications, get, " + each + ", allow")
                            .object())
                    .isEqualTo(each);
        for (String each : List.of(
                "",
                "*",
                "p",
                "p/",
                "p//a",
                "/p/a",
                "P/a",
                "pp/a",
                "p/a/b/c",
                "p/[ab]",
                "p/a?",
                "p/a:b",
                "p/https://x",
                "p/a b",
                "p/é",
                "p/a\nb",
                "x/p/a",
                "*/a",
                "../p/a",
                "p/" + "a".repeat(1_000)))
            assertThat(fault("p, proj:p:ci, applications, get, " + each + ", allow")
                            .rule())
                    .as(each)
                    .isEqualTo(ProjectRule.POLICY_OBJECT);
        assertThat(fault("p, proj:p:ci, applications, get, q/*, allow"))
                .isEqualTo(new Fault(
                        "spec.roles.policies",
                        ProjectRule.POLICY_OBJECT,
                        "p, proj:p:ci, applications, get, q/*, allow",
                        "p",
                        "q/*"));
    }

    @Test
    void a_dot_in_the_name_of_the_project_stands_for_itself() {
        ProjectName dotted = new ProjectName("a.b");

        assertThat(RolePolicy.parse(dotted, ROLE, "p, proj:a.b:ci, applications, get, a.b/x, allow")
                        .object())
                .isEqualTo("a.b/x");
        assertThat(Refused.faultOf(
                                () -> RolePolicy.parse(dotted, ROLE, "p, proj:a.b:ci, applications, get, acb/x, allow"))
                        .rule())
                .isEqualTo(ProjectRule.POLICY_OBJECT);
    }

    @Test
    void the_effect_is_allow_or_deny_in_exactly_this_case() {
        for (String each : List.of("", "Allow", "DENY", "allowed", "permit", "allow # comment"))
            assertThat(fault("p, proj:p:ci, applications, get, p/*, " + each))
                    .isEqualTo(new Fault(
                            "spec.roles.policies",
                            ProjectRule.POLICY_EFFECT,
                            ("p, proj:p:ci, applications, get, p/*, " + each)));
    }

    @Test
    void of_several_faults_the_first_in_order_is_told() {
        assertThat(fault("p, x, y, z, v, w").rule()).isEqualTo(ProjectRule.POLICY_SUBJECT);
        assertThat(fault("p, proj:p:ci, y, z, v, w").rule()).isEqualTo(ProjectRule.POLICY_RESOURCE);
        assertThat(fault("p, proj:p:ci, logs, z, v, w").rule()).isEqualTo(ProjectRule.POLICY_ACTION);
        assertThat(fault("p, proj:p:ci, logs, get, v, w").rule()).isEqualTo(ProjectRule.POLICY_OBJECT);
    }

    private static RolePolicy parse(String sent) {
        return RolePolicy.parse(PROJECT, ROLE, sent);
    }

    private static Fault fault(String sent) {
        return Refused.faultOf(() -> parse(sent));
    }
}
