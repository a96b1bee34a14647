package dev.gatehouse.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.application.World;
import dev.gatehouse.application.access.ManagingPolicy.Draft;
import dev.gatehouse.application.account.ManagingAccounts;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.AccessRule;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyServiceTest {
    private final World world = new World();

    @Test
    void a_new_policy_is_in_force_at_once() {
        world.account("alice", "login");
        Caller alice = world.signIn("alice");
        assertThat(mayGetAccounts(alice)).isFalse();

        replace("p, role:dev, accounts, get, *, allow\ng, alice, role:dev\n", "", 1);

        assertThat(mayGetAccounts(alice)).isTrue();
        assertThat(world.managingPolicy.read(world.admin()).version()).isEqualTo(2);
    }

    @Test
    void a_deny_wins_over_the_default() {
        world.account("alice", "login");
        Caller alice = world.signIn("alice");
        replace("p, alice, accounts, get, *, deny\n", "role:readonly", 1);

        assertThat(mayGetAccounts(alice)).isFalse();
        assertThat(world.authorizing.decide(alice, new AccessQuestion("projects", "get", "x")))
                .isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void a_fault_is_named_by_line_and_column_and_the_old_one_stays() {
        assertThatThrownBy(() -> replace("p, role:dev, accounts, get, *, allow\n\np, a, b, c, d, Deny\n", "", 1))
                .isInstanceOfSatisfying(Refusal.Invalid.class, e -> {
                    assertThat(e.faults()).hasSize(1);
                    assertThat(e.faults().getFirst().field()).isEqualTo("policyCsv:3:16");
                    assertThat(e.faults().getFirst().rule()).isEqualTo(AccessRule.EFFECT);
                });
        assertThatThrownBy(() -> replace("", "role:no-such", 1)).isInstanceOf(Refusal.Invalid.class);

        assertThat(world.managingPolicy.read(world.admin()).version()).isEqualTo(1);
    }

    /** Argo CD contract 5.9: there the default and the match mode have changed by the time that the scopes do not read. */
    @Test
    void a_policy_whose_scopes_do_not_read_changes_nothing() {
        world.account("alice", "login");
        Caller alice = world.signIn("alice");
        replace("p, alice, accounts, get, b*, allow\n", "", 1);

        assertThatThrownBy(() -> world.managingPolicy.replace(
                        world.admin(),
                        new Draft(
                                "p, bob, accounts, get, b.*, allow\n",
                                "role:admin",
                                List.of("groups", " "),
                                "regex",
                                Optional.of(2))))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        e -> assertThat(e.faults()).extracting(Fault::rule).containsExactly(AccessRule.SCOPES));

        assertThat(world.managingPolicy.read(world.admin()))
                .isEqualTo(new PolicyDocument("p, alice, accounts, get, b*, allow\n", "", List.of("groups"), 2));
        assertThat(mayGetAccounts(alice)).isTrue();
        assertThat(world.authorizing.decide(alice, new AccessQuestion("accounts", "update", "bob")))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void the_version_is_needed_and_must_be_the_present_one() {
        assertThatThrownBy(() -> world.managingPolicy.replace(
                        world.admin(), new Draft("", "", List.of("groups"), "glob", Optional.empty())))
                .isInstanceOf(Refusal.Unmet.class);
        replace("", "", 1);
        assertThatThrownBy(() -> replace("", "", 1)).isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void a_policy_that_locks_everybody_out_is_refused() {
        assertThatThrownBy(() -> replace("p, admin, *, *, *, deny\n", "", 1)).isInstanceOf(Refusal.Unmet.class);

        assertThat(world.managingPolicy.read(world.admin()).version()).isEqualTo(1);
    }

    @Test
    void a_policy_and_a_disabling_at_once_do_not_take_the_last_administrator_away_together() {
        String both = "g, alice, role:admin\ng, bob, role:admin\np, admin, policies, update, *, deny\n";
        for (int round = 0; round < 50; round++) {
            World each = new World();
            each.account("alice", "login");
            each.account("bob", "login");
            each.managingPolicy.replace(each.admin(), draft(both, 1));
            Caller alice = each.signIn("alice");
            Caller bob = each.signIn("bob");

            Race<Object> race = Race.between(List.of(
                    () -> each.managingPolicy.replace(alice, draft(both.replace("g, bob, role:admin\n", ""), 2)),
                    () -> each.managingAccounts.change(
                            bob, new ManagingAccounts.Change("alice", List.of("login"), false, "", Optional.of(0)))));

            assertThat(race.returned()).as("round %d", round).hasSize(1);
            assertThat(race.thrown().getFirst()).isInstanceOfAny(Refusal.Unmet.class, Refusal.Forbidden.class);
        }
    }

    @Test
    void only_who_may_reads_or_writes_it() {
        world.account("alice", "login");
        Caller alice = world.signIn("alice");

        assertThatThrownBy(() -> world.managingPolicy.read(alice)).isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(
                        () -> world.managingPolicy.replace(alice, new Draft("", "", List.of(), "glob", Optional.of(1))))
                .isInstanceOf(Refusal.Forbidden.class);
    }

    private void replace(String csv, String defaultRole, int version) {
        world.managingPolicy.replace(
                world.admin(), new Draft(csv, defaultRole, List.of("groups"), "glob", Optional.of(version)));
    }

    private static Draft draft(String csv, int version) {
        return new Draft(csv, "", List.of("groups"), "glob", Optional.of(version));
    }

    private boolean mayGetAccounts(Caller caller) {
        return world.authorizing.decide(caller, new AccessQuestion("accounts", "get", "bob"))
                instanceof Decision.Allowed;
    }
}
