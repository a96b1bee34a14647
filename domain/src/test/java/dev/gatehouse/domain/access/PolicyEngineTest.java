package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.domain.access.Explanation.Found;
import dev.gatehouse.domain.access.Explanation.NearMiss;
import dev.gatehouse.domain.access.ProjectPolicy.DraftRole;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.shared.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what (Argo CD contract 5, D9). */
class PolicyEngineTest {
    private static final String WEB = "applications, get, p1/web";

    @Test
    void a_deny_on_the_user_wins_over_an_allow_of_a_group() {
        Policy policy = policy("""
                p, alice, applications, get, p1/web, deny
                g, devs, role:dev
                p, role:dev, applications, get, */*, allow
                """);

        assertThat(allows(policy, provider("alice", "devs"), WEB)).isFalse();
        assertThat(allows(policy, provider("bob", "devs"), WEB)).isTrue();
    }

    @Test
    void a_deny_on_one_group_wins_over_an_allow_of_another_in_any_order() {
        Policy policy = policy("""
                g, devs, role:dev
                g, guests, role:guest
                p, role:dev, applications, get, */*, allow
                p, role:guest, applications, get, */*, deny
                """);

        assertThat(allows(policy, provider("bob", "devs", "guests"), WEB)).isFalse();
        assertThat(allows(policy, provider("bob", "guests", "devs"), WEB)).isFalse();
    }

    @Test
    void a_deny_wins_over_the_default_even_on_a_group_without_a_link() {
        Policy policy = Policy.of(new PolicyDocument(
                "p, guests, applications, get, p1/web, deny", "role:readonly", List.of("groups"), 1));

        assertThat(allows(policy, provider("bob", "guests"), WEB)).isFalse();
        assertThat(allows(policy, provider("bob"), WEB)).isTrue();
        assertThat(allows(policy, Asker.anonymous(), WEB)).isTrue();
    }

    @Test
    void a_group_without_a_link_is_given_nothing() {
        Policy policy = policy("p, devs, applications, get, */*, allow");

        assertThat(allows(policy, provider("bob", "devs"), WEB)).isFalse();
        assertThat(allows(policy, Asker.local("devs"), WEB)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"admin", "role:admin", "role:readonly", "proj:p1:dev"})
    void what_a_provider_says_names_nothing_local(String value) {
        Policy policy = policy("p, " + value + ", applications, get, */*, allow\ng, " + value + ", role:admin");

        assertThat(allows(policy, provider(value), WEB)).isFalse();
        assertThat(allows(policy, provider("bob", value), WEB)).isFalse();
        assertThat(allows(policy, Asker.local(value), WEB)).isTrue();
    }

    @Test
    void a_group_named_like_an_account_is_dropped() {
        Policy policy = policy("g, carol, role:admin");
        Asker bob = provider("bob", "carol");

        assertThat(allows(policy, bob, WEB)).isTrue();
        assertThat(allows(policy, bob.beside("carol"::equals), WEB)).isFalse();
        assertThat(allows(policy, provider("carol").beside("carol"::equals), WEB))
                .isFalse();
    }

    @Test
    void accounts_are_asked_for_what_the_policy_speaks_of_and_once() {
        List<String> asked = new ArrayList<>();
        Asker bob = provider("bob", "nobody", "carol", "role:admin").beside(name -> !asked.add(name));

        assertThat(allows(policy("g, carol, role:admin"), bob, WEB)).isTrue();
        assertThat(asked).containsExactly("carol");
    }

    @Test
    void links_are_followed_however_far_and_in_circles() {
        StringBuilder csv = new StringBuilder("p, role:40, applications, get, */*, allow\ng, role:40, role:1\n");
        csv.append("p, role:39, logs, get, p1/web, deny\np, alice, logs, get, */*, allow\ng, alice, role:1\n");
        for (int i = 1; i < 40; i++) csv.append("g, role:" + i + ", role:" + (i + 1) + "\n");
        Policy policy = policy(csv.toString());

        assertThat(allows(policy, Asker.local("alice"), WEB)).isTrue();
        assertThat(allows(policy, Asker.local("alice"), "logs, get, p1/web")).isFalse();
        assertThat(allows(policy, Asker.local("alice"), "logs, get, p1/db")).isTrue();
    }

    @Test
    void subjects_are_no_patterns() {
        assertThat(allows(policy("p, *, applications, get, */*, allow"), Asker.local("bob"), WEB))
                .isFalse();
    }

    @Test
    void the_built_in_roles_hold_in_both_modes() {
        for (MatchMode mode : MatchMode.values()) {
            Policy policy = Policy.of(new PolicyDocument(
                    "g, bob, role:readonly\np, bob, applications, sync, p1, allow",
                    Map.of(),
                    "",
                    List.of("groups"),
                    mode,
                    1));
            assertThat(allows(policy, Asker.local("admin"), "applications, delete/apps/Pod/x, p1/web"))
                    .isTrue();
            assertThat(allows(policy, Asker.local("bob"), WEB)).isTrue();
            assertThat(allows(policy, Asker.local("bob"), "applications, delete, p1/web"))
                    .isFalse();
            assertThat(allows(policy, Asker.local("bob"), "certificates, get, "))
                    .isTrue();
            assertThat(allows(policy, Asker.local("bob"), "applications, sync, xp1"))
                    .isEqualTo(mode == MatchMode.REGEX);
        }
    }

    @Test
    void a_project_role_has_its_project_and_nothing_of_another() {
        Policy policy =
                policy("p, proj:p1:dev, applications, get, p2/web, allow\np, proj:p1:dev, accounts, get, bob, allow");
        ProjectPolicy p1 = ProjectPolicy.draft(
                "p1",
                List.of(new DraftRole("dev", List.of("p, proj:p1:dev, applications, *, p1/*, allow"), List.of("devs"))),
                MatchMode.GLOB);
        ProjectPolicy p2 = ProjectPolicy.draft("p2", List.of(), MatchMode.GLOB);
        Asker dev = Asker.local("proj:p1:dev");

        assertThat(allows(policy, dev, "applications, sync, p1/web", p1)).isTrue();
        assertThat(allows(policy, dev, "projects, get, p1", p1)).isTrue();
        assertThat(allows(policy, dev, "applications, get, p2/web", p2))
                .as("another project")
                .isFalse();
        assertThat(allows(policy, dev, "applications, get, p2/web"))
                .as("no such project")
                .isTrue();
        assertThat(allows(policy, dev, "accounts, get, bob"))
                .as("of no project")
                .isTrue();
        assertThat(allows(policy, provider("x", "devs"), "applications, sync, p1/web", p1))
                .isTrue();
        assertThat(allows(policy, provider("x", "\"devs\""), "applications, sync, p1/web", p1))
                .isFalse();
    }

    /** GHSA-2f5v-8r3f-8pww, GHSA-96jv-vj39-x4j6: access control that ends at the project's border. */
    @Test
    void a_global_deny_holds_inside_projects_and_for_strangers() {
        Policy policy = Policy.of(new PolicyDocument(
                "p, proj:p1:dev, applications, get, */secret, deny", "role:readonly", List.of("groups"), 1));
        ProjectPolicy p1 = ProjectPolicy.draft(
                "p1",
                List.of(new DraftRole("dev", List.of("p, proj:p1:dev, applications, get, p1/*, allow"), List.of())),
                MatchMode.GLOB);
        ProjectPolicy p2 = ProjectPolicy.draft("p2", List.of(), MatchMode.GLOB);
        Asker dev = Asker.local("proj:p1:dev");

        assertThat(allows(policy, dev, "applications, get, p1/secret", p1)).isFalse();
        assertThat(allows(policy, dev, "applications, get, p2/secret", p2)).isFalse();
        assertThat(allows(policy, dev, "applications, get, p2/web", p2))
                .as("by default")
                .isTrue();
    }

    @Test
    void several_documents_are_one_policy() {
        Policy policy = Policy.of(new PolicyDocument(
                "g, alice, role:late",
                Map.of(
                        "policy.b.csv",
                        "p, role:late, applications, get, p1/*, allow",
                        "policy.a.csv",
                        "p, alice, applications, get, p1/db, deny"),
                "",
                List.of("groups"),
                MatchMode.GLOB,
                1));

        assertThat(allows(policy, Asker.local("alice"), WEB)).isTrue();
        assertThat(allows(policy, Asker.local("alice"), "applications, get, p1/db"))
                .isFalse();
    }

    @Test
    void a_default_that_is_no_role_is_refused_but_may_be_drafted() {
        PolicyDocument document = new PolicyDocument("", "role:typo", List.of("groups"), 1);

        assertThatThrownBy(() -> Policy.of(document)).isInstanceOf(Refusal.Invalid.class);
        assertThat(allows(Policy.draft(document), Asker.local("bob"), WEB)).isFalse();
    }

    @Test
    void claims_are_found_by_name_and_by_path() {
        IdentityClaims claims = new IdentityClaims(Map.of(
                "sub", "u-1",
                "federated_claims", Map.of("user_id", "alice"),
                "groups", List.of("devs", 7, "ops"),
                "email", "alice@example.com",
                "realm_access", Map.of("roles", List.of("r1")),
                "a.b", "literal",
                "a", Map.of("b", "path")));

        assertThat(claims.subject()).isEqualTo("alice");
        assertThat(claims.values(List.of("email", "groups", "realm_access.roles", "a.b", "none", "groups.x")))
                .containsExactly("alice@example.com", "devs", "ops", "r1", "literal");
    }

    @Test
    void an_explanation_names_what_matched_what_decided_and_whose_it_is() {
        Policy policy = Policy.of(new PolicyDocument("""
                g, alice, role:dev
                p, role:dev, applications, *, p1/*, allow
                p, alice, applications, delete, p1/db, deny
                """, "role:readonly", List.of("groups"), 1));
        PolicyInquiry inquiry = new PolicyInquiry(policy, Optional.empty());

        Explanation denied = inquiry.explain(Asker.local("alice"), question("applications, delete, p1/db"));
        assertThat(denied.decidedBy())
                .map(Found::rule)
                .hasValueSatisfying(rule -> assertThat(rule.line()).isEqualTo(3));
        assertThat(denied.matched()).extracting(each -> each.rule().line()).containsExactly(3, 2);
        assertThat(denied.roles()).containsExactly("alice", "role:dev", "role:readonly");
        assertThat(denied.nearest()).isEmpty();

        Explanation byDefault = inquiry.explain(Asker.local("alice"), question("applications, get, p2/web"));
        assertThat(byDefault.decision()).isInstanceOf(Decision.Allowed.class);
        assertThat(byDefault.decidedBy()).map(Found::source).contains("default");
        assertThat(byDefault.decidedBy().orElseThrow().rule().source()).isEqualTo("builtIn");
    }

    @Test
    void a_deny_of_the_default_is_what_decided() {
        Policy policy = Policy.of(new PolicyDocument("""
                p, role:all, logs, get, *, allow
                p, role:all, logs, get, p1/secret, deny
                """, "role:all", List.of("groups"), 1));

        Explanation why = new PolicyInquiry(policy, Optional.empty())
                .explain(Asker.local("alice"), question("logs, get, p1/secret"));

        assertThat(why.decision()).isInstanceOf(Decision.Denied.class);
        assertThat(why.decidedBy()).hasValueSatisfying(each -> {
            assertThat(each.source()).isEqualTo("default");
            assertThat(each.rule().line()).isEqualTo(2);
        });
        assertThat(why.nearest()).isEmpty();
    }

    @Test
    void the_nearest_misses_name_the_fields_that_differ() {
        Policy policy = policy("""
                p, alice, applications, sync, p1/*, allow
                p, alice, logs, sync, p2/*, allow
                p, bob, applications, get, p1/*, allow
                """);

        List<NearMiss> nearest = new PolicyInquiry(policy, Optional.empty())
                .explain(Asker.local("alice"), question(WEB))
                .nearest();

        assertThat(nearest)
                .extracting(each -> each.rule().line(), NearMiss::differsIn)
                .startsWith(tuple(1, List.of("action")))
                .contains(tuple(3, List.of("subject")));
    }

    @Test
    void who_can_names_everybody_and_their_way() {
        Policy policy = policy("""
                g, devs, role:dev
                g, role:dev, role:base
                p, role:base, logs, get, p1/*, allow
                p, bob, logs, get, p1/web, allow
                g, carol, role:dev
                p, carol, logs, get, p1/web, deny
                """);

        WhoCan answer = new PolicyInquiry(policy, Optional.empty()).whoCan(question("logs, get, p1/web"));

        assertThat(answer.holders())
                .containsExactly(
                        new WhoCan.Holder("admin", List.of("role:admin", "role:readonly")),
                        new WhoCan.Holder("bob", List.of()),
                        new WhoCan.Holder("devs", List.of("role:dev", "role:base")));
        assertThat(answer.everybody()).isEmpty();
    }

    @Test
    void who_can_names_the_default_and_who_is_excepted() {
        Policy policy = Policy.of(
                new PolicyDocument("p, carol, logs, get, p1/web, deny", "role:readonly", List.of("groups"), 1));

        WhoCan answer = new PolicyInquiry(policy, Optional.empty()).whoCan(question("logs, get, p1/web"));

        assertThat(answer.everybody()).contains("role:readonly");
        assertThat(answer.except()).containsExactly("carol");
    }

    @Test
    void permissions_are_those_of_the_role_its_roles_and_the_default() {
        Policy policy = Policy.of(new PolicyDocument("""
                p, role:ops, logs, get, p1/*, allow
                g, proj:p1:dev, role:ops
                """, "role:ops", List.of("groups"), 1));
        ProjectPolicy p1 = ProjectPolicy.draft(
                "p1",
                List.of(new DraftRole("dev", List.of("p, proj:p1:dev, applications, sync, p1/*, deny"), List.of())),
                MatchMode.GLOB);

        assertThat(new PolicyInquiry(policy, Optional.of(p1)).permissions("proj:p1:dev"))
                .extracting(
                        each -> each.rule().resource().text(),
                        each -> each.rule().effect(),
                        Found::source)
                .containsExactly(
                        tuple("projects", "allow", "implied:p1"),
                        tuple("applications", "deny", "project:p1"),
                        tuple("logs", "allow", "global"));
    }

    @Test
    void a_difference_names_each_answer_that_changes() {
        Policy before = policy("""
                g, alice, role:dev
                p, role:dev, applications, get, p1/*, allow
                p, bob, logs, get, p1/web, allow
                p, carol, logs, get, p1/web, allow
                """);
        Policy after = policy("""
                g, alice, role:dev
                p, role:dev, applications, get, p1/*, allow
                p, role:dev, applications, get, p1/db, deny
                p, bob, logs, get, p1/db, allow
                p, carol, logs, get, p1/web, allow
                # the same in another place
                """);

        PolicyDiff diff = PolicyDiff.between(before, after, List.of());

        assertThat(diff.complete()).isTrue();
        assertThat(diff.lost())
                .containsExactly(
                        new PolicyDiff.Change("alice", question("applications, get, p1/db")),
                        new PolicyDiff.Change("bob", question("logs, get, p1/web")),
                        new PolicyDiff.Change("role:dev", question("applications, get, p1/db")));
        assertThat(diff.gained()).containsExactly(new PolicyDiff.Change("bob", question("logs, get, p1/db")));
    }

    @Test
    void a_difference_of_the_default_is_one_for_everybody() {
        PolicyDiff diff = PolicyDiff.between(
                policy(""), Policy.of(new PolicyDocument("", "role:readonly", List.of("groups"), 1)), List.of());

        assertThat(diff.gained()).contains(new PolicyDiff.Change("", question("applications, get, */*")));
        assertThat(diff.gained()).noneMatch(each -> each.subject().equals("admin"));
        assertThat(diff.lost()).isEmpty();
    }

    @Test
    void a_difference_reaches_into_the_projects_that_a_name_leads_to() {
        Project p1 = PolicyDiffTest.project("p1", List.of("p, proj:p1:dev, logs, get, p1/*, allow"), List.of("devs"));

        PolicyDiff diff = PolicyDiff.between(policy("g, alice, devs"), policy("g, bob, devs"), List.of(p1));

        assertThat(diff.complete()).isTrue();
        assertThat(diff.gained())
                .containsExactly(
                        new PolicyDiff.Change("bob", question("projects, get, p1")),
                        new PolicyDiff.Change("bob", question("logs, get, p1/*")));
        assertThat(diff.lost()).extracting(PolicyDiff.Change::subject).containsOnly("alice");
    }

    @Test
    void a_difference_for_a_project_role_is_told_where_it_is_a_stranger() {
        Project p1 = PolicyDiffTest.project("p1", List.of(), List.of());
        String csv = "p, proj:p2:ci, logs, get, *, allow";

        PolicyDiff diff = PolicyDiff.between(
                policy(csv), Policy.of(new PolicyDocument(csv, "role:readonly", List.of(), 1)), List.of(p1));

        assertThat(diff.gained()).contains(new PolicyDiff.Change("proj:p2:ci", question("logs, get, p1/*")));
    }

    @Test
    void a_difference_that_is_too_long_says_so() {
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < 10_001; i++)
            csv.append("p, bob, logs, get, p1/").append(i).append(", allow\n");

        PolicyDiff diff = PolicyDiff.between(policy(csv.toString()), policy(""), List.of());

        assertThat(diff.complete()).isFalse();
        assertThat(diff.lost()).hasSize(10_000);
    }

    @Test
    void a_difference_that_takes_too_long_to_find_says_so() {
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < 8_000; i++)
            csv.append("p, bob, logs, get, p").append(i).append("/*, allow\n");

        PolicyDiff diff = PolicyDiff.between(policy(csv.toString()), policy(""), List.of());

        assertThat(diff.complete()).isFalse();
        assertThat(diff.lost()).isNotEmpty();
    }

    @Test
    void a_difference_in_patterns_that_cannot_all_be_tried_says_that_it_is_not_complete() {
        PolicyDiff diff = PolicyDiff.between(
                policy("p, bob, logs, get, p[12]/w?b, allow"), policy("p, bob, logs, get, p[12]/*b, allow"), List.of());

        assertThat(diff.complete()).isFalse();
        assertThat(diff.gained()).isNotEmpty();
    }

    @Test
    void a_role_of_very_many_lines_answers_as_one_of_few() {
        StringBuilder csv = new StringBuilder("g, alice, role:big\np, role:big, logs, get, p7/secret, deny\n");
        for (int i = 0; i < 3_000; i++)
            csv.append("p, role:big, logs, get, ")
                    .append(i % 3 == 0 ? "p" + i + "/*" : i % 3 == 1 ? "*/x" + i : "*-" + i + "-*")
                    .append(", allow\n");
        Policy policy = policy(csv.toString());

        for (String yes : List.of("p3/web", "p2997/", "any/x4", "a-5-b"))
            assertThat(allows(policy, Asker.local("alice"), "logs, get, " + yes))
                    .as(yes)
                    .isTrue();
        for (String no : List.of("p1/web", "any/x5", "a-4-b", "a-5b", "p7/secret"))
            assertThat(allows(policy, Asker.local("alice"), "logs, get, " + no))
                    .as(no)
                    .isFalse();
    }

    private static Policy policy(String csv) {
        return Policy.of(new PolicyDocument(csv, "", List.of("groups"), 1));
    }

    private static Asker provider(String subject, String... groups) {
        return Asker.of(new IdentityClaims(Map.of("sub", subject, "groups", List.of(groups))), List.of("groups"));
    }

    private static AccessQuestion question(String text) {
        String[] parts = text.split(", ?", -1);
        return new AccessQuestion(parts[0], parts[1], parts[2]);
    }

    private static boolean allows(Policy policy, Asker asker, String question) {
        return policy.decide(asker, question(question), Optional.empty()) instanceof Decision.Allowed;
    }

    private static boolean allows(Policy policy, Asker asker, String question, ProjectPolicy project) {
        return policy.decide(asker, question(question), Optional.of(project)) instanceof Decision.Allowed;
    }
}
