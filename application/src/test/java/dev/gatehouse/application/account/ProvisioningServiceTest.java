package dev.gatehouse.application.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.access.InMemoryAccessChanges;
import dev.gatehouse.adapters.testkit.account.FewKnownPasswords;
import dev.gatehouse.adapters.testkit.account.InMemoryAccounts;
import dev.gatehouse.adapters.testkit.account.InMemoryInitialPassword;
import dev.gatehouse.adapters.testkit.account.PlainHasher;
import dev.gatehouse.adapters.testkit.audit.InMemoryAuditTrail;
import dev.gatehouse.adapters.testkit.project.InMemoryProjects;
import dev.gatehouse.adapters.testkit.shared.CountingIds;
import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.adapters.testkit.shared.MutableClock;
import dev.gatehouse.application.World;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.PasswordRules;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvisioningServiceTest {
    private final InMemoryStore store = new InMemoryStore();
    private final MutableClock clock = new MutableClock();
    private final CountingIds ids = new CountingIds();
    private final PlainHasher hasher = new PlainHasher();
    private final InMemoryAccounts accounts = new InMemoryAccounts(store);
    private final InMemoryInitialPassword initialPassword = new InMemoryInitialPassword();
    private final Provisioning provisioning = new ProvisioningService(
            new ProvisioningService.Ports(
                    accounts, new InMemoryProjects(store), initialPassword, new InMemoryAccessChanges(store), ids),
            new Acts(new InMemoryTransactions(store), new InMemoryAuditTrail(store), clock, (caller, act) -> {}),
            new NewPasswords(PasswordRules.DEFAULT, new FewKnownPasswords(), hasher, ids),
            clock);

    @Test
    void cve_2020_8828_the_first_password_is_made_of_chance_and_of_nothing_else() {
        String chance = new CountingIds().newSecret();

        Provisioning.Outcome outcome = provisioning.provision(Optional.empty(), false, World.origin());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Provisioning.Outcome.Made.class,
                        made -> assertThat(made.generated().map(PlainPassword::reveal))
                                .contains(chance));
        assertThat(initialPassword.kept()).contains(chance);
        Account admin = accounts.find(new Username("admin")).orElseThrow();
        assertThat(hasher.matches(new PlainPassword(chance), admin.password().orElseThrow(), SignInPlace.of("")))
                .isTrue();
    }

    @Test
    void a_first_password_that_everybody_tries_is_refused_and_nobody_is_made() {
        for (String each : List.of("iloveyou", "Password", "admin123", "short"))
            assertThatThrownBy(
                            () -> provisioning.provision(Optional.of(new PlainPassword(each)), false, World.origin()))
                    .isInstanceOf(Refusal.Invalid.class);

        assertThat(accounts.all()).isEmpty();
    }

    @Test
    void a_generated_password_has_to_be_changed_when_the_operator_says_so_and_a_chosen_one_has_not() {
        provisioning.provision(Optional.empty(), true, World.origin());
        assertThat(accounts.find(new Username("admin")).orElseThrow().passwordChangeRequired())
                .isTrue();

        World chosen = new World();
        assertThat(chosen.accounts.find(new Username("admin")).orElseThrow().passwordChangeRequired())
                .isFalse();
    }

    @Test
    void a_generated_password_is_as_long_as_the_rules_ask() {
        for (int least : List.of(8, 43, 44, 64)) {
            NewPasswords passwords =
                    new NewPasswords(new PasswordRules(least, 64), new FewKnownPasswords(), hasher, ids);
            assertThat(passwords.generate().reveal()).hasSizeBetween(Math.max(least, 43), 64);
        }
    }

    @Test
    void what_the_operator_says_later_changes_nothing() {
        provisioning.provision(Optional.of(new PlainPassword(World.PASSWORD)), false, World.origin());

        assertThat(provisioning.provision(Optional.of(new PlainPassword("short")), false, World.origin()))
                .isEqualTo(new Provisioning.Outcome.AlreadyThere());
    }
}
