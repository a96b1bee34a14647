package dev.gatehouse.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.application.World;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.AccessRule;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.access.Permission;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationServiceTest {
    private static final AccessQuestion GET_WEB = new AccessQuestion("applications", "get", "demo/web");
    private static final AccessQuestion GET_POLICY = new AccessQuestion("policies", "get", "*");
    private static final String BROKEN = "p, role:dev, applications\n";

    private final World world = new World();

    @Test
    void a_group_of_a_provider_gives_what_the_policy_gives_to_it() {
        Caller carol = inGroups("devs");
        put("g, devs, role:dev\np, role:dev, applications, get, */*, allow\n");

        assertThat(may(carol, GET_WEB)).isTrue();
        assertThat(recalled(carol)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "role:admin", "role:dev", "proj:demo:ci", "dora"})
    void a_group_that_is_called_as_something_local_gives_nothing(String group) {
        world.project("demo");
        world.account("dora", "login");
        Caller carol = inGroups(group);
        put("g, dora, role:dev\ng, admin, role:dev\np, role:dev, applications, get, */*, allow\n");

        assertThat(may(carol, GET_WEB)).isFalse();
        assertThat(recalled(carol)).isFalse();
    }

    @Test
    void a_group_loses_everything_to_an_account_that_is_called_so_later() {
        Caller carol = inGroups("devs", "ops");
        put("g, devs, role:dev\np, role:dev, applications, get, */*, allow\n");
        assertThat(may(carol, GET_WEB)).isTrue();

        world.account("devs", "login");

        assertThat(may(carol, GET_WEB)).isFalse();
        world.managingAccounts.delete(world.admin(), "devs");
        assertThat(may(carol, GET_WEB)).isTrue();
    }

    @Test
    void memory_alone_answers_only_once_the_names_were_looked_up() {
        put("g, devs, role:dev\np, role:dev, accounts, get, *, allow\n");
        AccessQuestion question = new AccessQuestion("accounts", "get", "bob");
        Caller devs = inGroups("devs");
        Caller others = inGroups("unheard-of");
        Caller admin = world.admin();
        world.authorizing.decide(admin, question);

        assertThat(world.authorizing.recall(admin, question)).isPresent();
        assertThat(world.authorizing.recall(others, question))
                .as("the policy says nothing of that group")
                .isPresent();
        assertThat(world.authorizing.recall(devs, question)).isEmpty();
        world.authorizing.decide(devs, question);
        assertThat(world.authorizing.recall(devs, question)).containsInstanceOf(Decision.Allowed.class);
    }

    @Test
    void a_credential_that_is_narrowed_does_no_more_than_that_whatever_the_policy_says() {
        Caller admin = world.admin();
        Caller narrowed = new Caller(
                admin.subject(),
                List.of("devs"),
                admin.method(),
                admin.credential(),
                admin.issuedAt(),
                Optional.empty(),
                admin.issuer(),
                admin.origin(),
                new Limits(List.of(), List.of(Permission.parse("permissions", "applications, get, demo/*"))));
        may(admin, GET_WEB);

        assertThat(may(narrowed, GET_WEB)).isTrue();
        assertThat(may(narrowed, GET_POLICY)).isFalse();
        assertThat(world.authorizing.recall(narrowed, GET_POLICY)).containsInstanceOf(Decision.Denied.class);
    }

    @Test
    void a_policy_that_somebody_broke_in_the_store_leaves_the_last_good_one_in_force() {
        world.account("dora", "login");
        Caller dora = world.signIn("dora");
        put("p, dora, applications, get, */*, allow\n");
        assertThat(may(dora, GET_WEB)).isTrue();

        smuggle(new PolicyDocument(BROKEN, "", List.of("groups"), world.policies.version()));

        assertThat(may(dora, GET_WEB)).isTrue();
        assertThat(may(dora, GET_WEB)).isTrue();
        assertThat(world.unreadable).singleElement().satisfies(each -> {
            assertThat(each.lastGoodStays()).isTrue();
            assertThat(each.version()).isEqualTo(world.policies.version());
            assertThat(each.faults()).extracting(Fault::field).containsExactly("policyCsv:1:14");
        });
        assertThat(world.managingPolicy.read(world.admin()).csv())
                .as("its keepers see what is stored")
                .isEqualTo(BROKEN);
        assertThat(world.askingPolicy.explain(
                        world.admin(),
                        Optional.empty(),
                        new AskingPolicy.Question(new AskingPolicy.Who.Named("dora", List.of()), GET_WEB)))
                .as("questions are put to what is in force")
                .isInstanceOf(AskingPolicy.Why.Explained.class);

        put("");
        assertThat(may(dora, GET_WEB)).isFalse();
        assertThat(world.unreadable).hasSize(1);
    }

    @Test
    void without_any_good_policy_everything_is_denied_until_the_administrator_repaired_it() {
        world.account("dora", "login");
        world.project("demo");
        Caller dora = world.signIn("dora");
        Caller admin = world.admin();
        put("p, dora, *, *, *, allow\n");
        smuggle(new PolicyDocument(BROKEN, "role:admin", List.of("groups"), world.policies.version()));
        PolicyInForce started =
                new PolicyInForce(world.policies, world.projects, world.accounts, world.changes, world.unreadable::add);

        for (AccessQuestion each : List.of(GET_WEB, GET_POLICY, new AccessQuestion("accounts", "get", "dora")))
            assertThat(started.decide(dora, each)).isInstanceOf(Decision.Denied.class);
        assertThat(started.decide(admin, GET_WEB)).isInstanceOf(Decision.Denied.class);
        assertThat(started.recall(admin, GET_WEB)).containsInstanceOf(Decision.Denied.class);
        assertThat(started.decide(admin, GET_POLICY)).isInstanceOf(Decision.Allowed.class);
        assertThat(started.decide(admin, new AccessQuestion("policies", "update", "*")))
                .isInstanceOf(Decision.Allowed.class);
        assertThatThrownBy(() -> started.answering(GET_WEB)).isInstanceOf(Refusal.Invalid.class);
        assertThat(world.unreadable)
                .singleElement()
                .satisfies(each -> assertThat(each.lastGoodStays()).isFalse());

        put("");
        assertThat(started.decide(admin, GET_WEB)).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void a_default_that_is_no_role_is_as_bad_as_a_line_that_does_not_read() {
        put("p, role:dev, applications, get, */*, allow\n");
        may(world.admin(), GET_WEB);

        smuggle(new PolicyDocument("", "role:dev", List.of("groups"), world.policies.version()));

        assertThat(may(world.admin(), GET_WEB)).isTrue();
        assertThat(world.unreadable)
                .flatExtracting(PolicyInForce.Unreadable::faults)
                .extracting(Fault::rule)
                .containsExactly(AccessRule.DEFAULT_UNKNOWN);
    }

    /** Past the service, as somebody with a database client would. */
    private void smuggle(PolicyDocument document) {
        world.policies.update(document);
        world.changes.count();
    }

    private Caller inGroups(String... groups) {
        if (world.managingAccounts.list(world.admin()).stream()
                .noneMatch(each -> each.account().name().value().equals("carol"))) world.account("carol", "login");
        Caller carol = world.signIn("carol");
        return new Caller(
                carol.subject(),
                List.of(groups),
                carol.method(),
                carol.credential(),
                carol.issuedAt(),
                carol.issuer(),
                carol.origin());
    }

    private boolean may(Caller caller, AccessQuestion question) {
        return world.authorizing.decide(caller, question) instanceof Decision.Allowed;
    }

    private boolean recalled(Caller caller) {
        return world.authorizing.recall(caller, GET_WEB).orElseThrow() instanceof Decision.Allowed;
    }

    private void put(String csv) {
        world.managingPolicy.replace(
                world.admin(),
                new ManagingPolicy.Draft(
                        csv, Map.of(), "", List.of("groups"), "glob", Optional.of(world.policies.version())));
    }
}
