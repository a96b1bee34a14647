package dev.gatehouse.application.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.application.World;
import dev.gatehouse.application.account.ManagingAccounts.NewAccount;
import dev.gatehouse.application.account.ManagingAccounts.PasswordChange;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Outcome;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountServiceTest {
    private final World world = new World();

    @Test
    void everybody_sees_their_own_account_and_the_rest_by_policy() {
        world.account("alice", "login");
        world.account("bob", "login");
        Caller alice = world.signIn("alice");

        assertThat(world.managingAccounts.get(alice, "alice").account().name().value())
                .isEqualTo("alice");
        assertThat(world.managingAccounts.list(alice)).hasSize(1);
        assertThatThrownBy(() -> world.managingAccounts.get(alice, "bob")).isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.managingAccounts.get(alice, "no-such")).isInstanceOf(Refusal.Forbidden.class);
        assertThat(world.managingAccounts.list(world.admin()))
                .extracting(each -> each.account().name().value())
                .containsExactly("admin", "alice", "bob");
        assertThatThrownBy(() -> world.managingAccounts.get(world.admin(), "<b>&"))
                .isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void what_breaks_a_rule_makes_no_account() {
        for (NewAccount wrong : List.of(
                account("a b", "login", World.PASSWORD),
                account("password", "login", World.PASSWORD),
                account("bob", "fly", World.PASSWORD),
                account("bob", "login", "short")))
            assertThatThrownBy(() -> world.managingAccounts.create(world.admin(), wrong))
                    .isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(
                        () -> world.managingAccounts.create(world.admin(), account("admin", "login", World.PASSWORD)))
                .isInstanceOf(Refusal.Conflict.class);

        assertThat(world.managingAccounts.list(world.admin())).hasSize(1);
        assertThat(world.entries(AuditAction.ACCOUNT_CREATED).stream()
                        .filter(each -> each.outcome() == Outcome.REFUSED))
                .hasSize(5);
    }

    @Test
    void a_password_changes_only_with_the_current_one_of_whoever_changes_it() {
        world.account("alice", "login");
        Caller alice = world.signIn("alice");

        assertThatThrownBy(() -> world.managingAccounts.changePassword(alice, change("", "wrong", "another long one")))
                .isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> world.managingAccounts.changePassword(alice, change("", World.PASSWORD, "short")))
                .isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> world.managingAccounts.changePassword(
                        alice, change("admin", World.PASSWORD, "another long one")))
                .isInstanceOf(Refusal.Forbidden.class);
        world.managingAccounts.changePassword(world.admin(), change("alice", World.PASSWORD, "another long one"));

        assertThat(world.lastEntry().action()).isEqualTo(AuditAction.PASSWORD_RESET);
        assertThatThrownBy(() -> world.signIn("alice")).isInstanceOf(AssertionError.class);
    }

    @Test
    void the_first_password_is_generated_kept_and_forgotten_once_it_is_changed() {
        World empty = new World();
        assertThat(empty.provisioning.provision(Optional.empty(), World.origin()))
                .isEqualTo(new Provisioning.Outcome.AlreadyThere());
        empty.initialPassword.keep(new PlainPassword("generated"));

        empty.managingAccounts.changePassword(empty.admin(), change("", World.PASSWORD, "another long one"));

        assertThat(empty.initialPassword.kept()).isEmpty();
    }

    private static NewAccount account(String name, String capability, String password) {
        return new NewAccount(name, List.of(capability), true, "", Optional.of(new PlainPassword(password)));
    }

    private static PasswordChange change(String name, String current, String replacement) {
        return new PasswordChange(name, new PlainPassword(current), new PlainPassword(replacement));
    }
}
