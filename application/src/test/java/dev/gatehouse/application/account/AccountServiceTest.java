package dev.gatehouse.application.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.application.World;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.application.access.ManagingPolicy;
import dev.gatehouse.application.account.ManagingAccounts.NewAccount;
import dev.gatehouse.application.account.ManagingAccounts.PasswordChange;
import dev.gatehouse.application.session.SigningIn;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.application.token.NewToken;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.AccountRule;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditEntry.Outcome;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PlainToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    void of_two_password_changes_at_once_the_second_does_not_have_the_current_one_any_more() {
        world.account("alice", "login");
        Caller alice = world.signIn("alice");
        world.hasher.meanwhile(() -> {
            world.clock.advance(Duration.ofMillis(1));
            world.managingAccounts.changePassword(alice, change("", World.PASSWORD, "chosen by its owner"));
        });

        assertThatThrownBy(() ->
                        world.managingAccounts.changePassword(alice, change("", World.PASSWORD, "chosen by a thief")))
                .isInstanceOf(Refusal.Invalid.class)
                .extracting(each -> ((Refusal.Invalid) each).faults().getFirst().field())
                .isEqualTo("currentPassword");
        assertThat(signedIn("alice", "chosen by its owner")).isNotNull();
    }

    @Test
    void whoever_is_disabled_while_their_password_is_hashed_resets_nobodys() {
        world.account("bob", "login");
        world.account("alice", "login");
        grant("g, bob, role:admin");
        Caller bob = world.signIn("bob");
        world.hasher.meanwhile(() -> change("bob", false, "login"));

        assertThatThrownBy(() ->
                        world.managingAccounts.changePassword(bob, change("alice", World.PASSWORD, "another long one")))
                .isInstanceOf(Refusal.Invalid.class);
        assertThat(world.signIn("alice")).isNotNull();
    }

    /** What may happen to a keeper of accounts while a password is hashed for them. */
    private enum Loss {
        DISABLED,
        CAPABILITY,
        DELETED,
        CREDENTIAL,
        RIGHT
    }

    @ParameterizedTest
    @EnumSource
    void whoever_lost_the_credential_or_the_right_while_a_password_was_hashed_sets_nobodys(Loss loss) {
        world.account("alice", "login");
        for (String name : List.of("session-resets", "session-makes", "token-resets", "token-makes"))
            world.account(name, "login", "apiKey");

        assertRefused(loss, world.signIn("session-resets"), this::resetsAlices);
        assertRefused(loss, world.signIn("session-makes"), this::makesKim);
        assertRefused(loss, world.caller(token("token-resets")), this::resetsAlices);
        assertRefused(loss, world.caller(token("token-makes")), this::makesKim);

        assertThat(world.signIn("alice")).as("her password is the one she had").isNotNull();
        assertThatThrownBy(() -> world.managingAccounts.get(world.admin(), "kim"))
                .isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void a_token_of_a_project_that_was_ended_while_a_password_was_hashed_sets_nobodys() {
        world.account("alice", "login");
        world.project("demo");
        Caller keeper = world.caller(world.managingProjectTokens
                .issue(world.admin(), "demo", "ci", new NewToken(Optional.empty(), "", 0))
                .secret());
        grant("p, proj:demo:ci, accounts, *, *, allow\n");
        world.hasher.meanwhile(() -> world.managingProjects.delete(world.admin(), "demo"));

        assertThatThrownBy(() -> resetsAlices(keeper)).isInstanceOf(Refusal.Forbidden.class);
        assertThat(world.signIn("alice")).as("her password is the one she had").isNotNull();
    }

    private void assertRefused(Loss loss, Caller keeper, Consumer<Caller> act) {
        grant("p, " + keeper.name() + ", accounts, *, *, allow\n");
        world.hasher.meanwhile(() -> befalls(keeper, loss));

        assertThatThrownBy(() -> act.accept(keeper))
                .as(keeper.name())
                .isInstanceOfSatisfying(
                        Refusal.Forbidden.class,
                        refusal -> assertThat(refusal.resource()).isEqualTo("accounts"));
        assertThat(world.lastEntry().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(world.lastEntry().actor().subject()).isEqualTo(keeper.name());
    }

    private void befalls(Caller keeper, Loss loss) {
        switch (loss) {
            case DISABLED -> change(keeper.name(), false, "login", "apiKey");
            case CAPABILITY ->
                change(keeper.name(), true, keeper.method() == Caller.Method.SESSION ? "apiKey" : "login");
            case DELETED -> world.managingAccounts.delete(world.admin(), keeper.name());
            case CREDENTIAL -> {
                String shown = keeper.credential().orElseThrow();
                if (keeper.method() == Caller.Method.SESSION) world.managingSessions.end(world.admin(), shown);
                else world.managingTokens.revoke(world.admin(), shown, "");
            }
            case RIGHT -> grant("");
        }
    }

    private void resetsAlices(Caller keeper) {
        world.managingAccounts.resetPassword(
                keeper, new ManagingAccounts.PasswordReset("alice", new PlainPassword("another long one"), false));
    }

    private void makesKim(Caller keeper) {
        world.managingAccounts.create(keeper, account("kim", "login", "another long one"));
    }

    @Test
    void whoever_is_signed_out_while_their_passwords_are_hashed_changes_none() {
        world.account("alice", "login");
        Caller own = world.signIn("alice");
        world.hasher.meanwhile(
                () -> world.managingSessions.end(world.admin(), own.credential().orElseThrow()));

        assertThatThrownBy(() ->
                        world.managingAccounts.changePassword(own, change("", World.PASSWORD, "chosen by a thief")))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThat(world.signIn("alice")).as("the password is what it was").isNotNull();

        Caller keeper = world.admin();
        world.hasher.meanwhile(() ->
                world.managingSessions.end(world.admin(), keeper.credential().orElseThrow()));
        assertThatThrownBy(() -> world.managingAccounts.changePassword(
                        keeper, change("alice", World.PASSWORD, "chosen by a thief")))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThat(world.signIn("alice")).as("the password is what it was").isNotNull();
    }

    @Test
    void the_first_password_is_generated_kept_and_forgotten_once_it_is_changed() {
        World empty = new World();
        assertThat(empty.provisioning.provision(Optional.empty(), false, World.origin()))
                .isEqualTo(new Provisioning.Outcome.AlreadyThere());
        empty.initialPassword.keep(new PlainPassword("generated"));

        empty.managingAccounts.changePassword(empty.admin(), change("", World.PASSWORD, "another long one"));

        assertThat(empty.initialPassword.kept()).isEmpty();
    }

    @Test
    void disabling_ends_sessions_and_tokens_and_enabling_revives_neither() {
        world.account("alice", "login", "apiKey");
        PlainToken session = inUse(world.sessionToken("alice"));
        PlainToken token = inUse(token("alice"));

        change("alice", false, "login", "apiKey");
        assertForgotten(session, token);
        assertThat(world.rejection(session)).isEqualTo(new Rejection.AccountDisabled("alice"));
        assertThat(world.rejection(token)).isEqualTo(new Rejection.AccountDisabled("alice"));

        change("alice", true, "login", "apiKey");
        assertThat(world.rejection(session)).isEqualTo(new Rejection.SessionEnded());
        assertThat(world.rejection(token)).isInstanceOf(Rejection.AccountTokenGone.class);
        assertThat(world.signIn("alice").name()).isEqualTo("alice");
    }

    @Test
    void a_lost_capability_ends_what_it_stood_for_and_no_more() {
        world.account("alice", "login", "apiKey");
        PlainToken session = inUse(world.sessionToken("alice"));
        PlainToken token = inUse(token("alice"));

        change("alice", true, "apiKey");
        assertForgotten(session);
        assertThat(world.caller(token).name()).isEqualTo("alice");
        assertThat(world.rejection(session)).isInstanceOf(Rejection.CapabilityGone.class);

        change("alice", true, "login");
        assertForgotten(token);
        assertThat(world.rejection(token)).isInstanceOf(Rejection.CapabilityGone.class);
        change("alice", true, "login", "apiKey");
        assertThat(world.rejection(token)).isInstanceOf(Rejection.AccountTokenGone.class);
        assertThat(world.rejection(session)).isEqualTo(new Rejection.SessionEnded());
    }

    @Test
    void a_later_account_of_the_name_inherits_nothing() {
        world.account("alice", "login", "apiKey");
        PlainToken session = inUse(world.sessionToken("alice"));
        PlainToken token = inUse(token("alice"));

        world.managingAccounts.delete(world.admin(), "alice");
        assertForgotten(session, token);
        assertThat(world.rejection(session)).isEqualTo(new Rejection.AccountGone("alice"));
        world.account("alice", "login", "apiKey");

        assertThat(world.rejection(session)).isEqualTo(new Rejection.SessionEnded());
        assertThat(world.rejection(token)).isInstanceOf(Rejection.AccountTokenGone.class);
        assertThat(world.caller(token("alice")).name())
                .as("its names are free again")
                .isEqualTo("alice");
    }

    @Test
    void the_last_who_can_change_the_policy_stays() {
        assertThatThrownBy(() -> world.managingAccounts.delete(world.admin(), "admin"))
                .isInstanceOf(Refusal.Unmet.class);
        assertThatThrownBy(() -> change("admin", false, "login")).isInstanceOf(Refusal.Unmet.class);
        assertThatThrownBy(() -> change("admin", true)).isInstanceOf(Refusal.Unmet.class);
        assertThat(world.signIn("admin").name()).isEqualTo("admin");

        world.account("root", "login");
        world.managingPolicy.replace(
                world.admin(),
                new ManagingPolicy.Draft("g, root, role:admin\n", "", List.of("groups"), "glob", Optional.of(1)));
        world.managingAccounts.delete(world.admin(), "admin");

        assertThat(world.managingAccounts.list(world.signIn("root"))).hasSize(1);
    }

    @Test
    void a_change_needs_the_version_it_was_read_at() {
        world.account("alice", "login");
        var late = new ManagingAccounts.Change("alice", List.of("login"), true, "", Optional.of(7));
        var without = new ManagingAccounts.Change("alice", List.of("login"), true, "", Optional.empty());

        assertThatThrownBy(() -> world.managingAccounts.change(world.admin(), late))
                .isInstanceOf(Refusal.Conflict.class);
        assertThatThrownBy(() -> world.managingAccounts.change(world.admin(), without))
                .isInstanceOf(Refusal.Unmet.class);
    }

    @Test
    void an_administrator_resets_a_password_and_ends_the_tokens_only_when_asked() {
        world.account("alice", "login", "apiKey");
        PlainToken session = world.sessionToken("alice");
        PlainToken token = token("alice");

        reset("alice", false);
        assertThat(world.rejection(session)).isEqualTo(new Rejection.PasswordChanged());
        assertThat(world.caller(token).name()).isEqualTo("alice");
        reset("alice", true);
        assertThat(world.rejection(token)).isInstanceOf(Rejection.AccountTokenGone.class);

        assertThatThrownBy(() -> world.managingAccounts.resetPassword(
                        world.caller(token("alice")),
                        new ManagingAccounts.PasswordReset("alice", new PlainPassword("yet another one"), false)))
                .as("not even one's own, without the right to it")
                .isInstanceOf(Refusal.Forbidden.class);
    }

    @Test
    void a_password_that_everybody_tries_is_none_whoever_sets_it() {
        world.account("alice", "login");
        for (String wrong : List.of("iloveyou", "QwertyUiop", "alice2026")) {
            PlainPassword password = new PlainPassword(wrong);
            assertThatThrownBy(() -> world.managingAccounts.changePassword(
                            world.signIn("alice"), change("", World.PASSWORD, wrong)))
                    .isInstanceOf(Refusal.Invalid.class);
            assertThatThrownBy(() -> world.managingAccounts.resetPassword(
                            world.admin(), new ManagingAccounts.PasswordReset("alice", password, false)))
                    .isInstanceOf(Refusal.Invalid.class);
        }
        assertThatThrownBy(() -> world.managingAccounts.create(world.admin(), account("trustno1", "login", "trustno1")))
                .isInstanceOf(Refusal.Invalid.class);
        assertThat(world.signIn("alice").name()).isEqualTo("alice");
    }

    @Test
    void after_a_reset_a_sign_in_is_good_for_another_password_and_nothing_else() {
        world.account("alice", "login", "apiKey");
        PlainToken token = token("alice");
        reset("alice", false);

        PlainToken session = signedIn("alice", "another long one");
        assertThat(world.authenticating.authenticate(session, World.origin()))
                .isInstanceOfSatisfying(Authenticating.Answer.PasswordChangeRequired.class, limited -> {
                    assertThat(limited.caller().name()).isEqualTo("alice");
                    assertThat(((Refusal.Unmet) limited.why()).fault())
                            .isEqualTo(new Fault("", AccountRule.PASSWORD_CHANGE_REQUIRED, "alice"));
                });
        assertThat(world.authenticating.recall(session, World.origin()))
                .as("it is judged each time")
                .isEmpty();
        assertThat(world.caller(token).name()).as("a pipeline goes on").isEqualTo("alice");

        world.managingAccounts.changePassword(limited(session), change("", "another long one", "one of my own choice"));
        assertThat(world.rejection(session)).isEqualTo(new Rejection.PasswordChanged());
        assertThat(world.caller(signedIn("alice", "one of my own choice")).name())
                .isEqualTo("alice");
    }

    @Test
    void the_password_of_a_reset_is_not_set_again() {
        world.account("alice", "login");
        reset("alice", false);
        Caller alice = limited(signedIn("alice", "another long one"));

        assertThatThrownBy(() -> world.managingAccounts.changePassword(
                        alice, change("", "another long one", "another long one")))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.faults().getFirst().rule())
                                .isEqualTo(AccountRule.PASSWORD_UNCHANGED));
    }

    @Test
    void an_administrator_whose_password_was_reset_resets_nobodys() {
        world.account("root", "login");
        world.account("alice", "login");
        grant("g, root, role:admin\n");
        reset("root", false);
        Caller root = limited(signedIn("root", "another long one"));

        assertThatThrownBy(() -> world.managingAccounts.changePassword(
                        root, change("alice", "another long one", "one of my own choice")))
                .isInstanceOfSatisfying(
                        Refusal.Unmet.class,
                        refusal -> assertThat(refusal.fault().rule()).isEqualTo(AccountRule.PASSWORD_CHANGE_REQUIRED));
    }

    @Test
    void whoever_sets_anothers_password_with_their_own_resets_it_too() {
        world.account("alice", "login");
        world.managingAccounts.changePassword(world.admin(), change("alice", World.PASSWORD, "another long one"));
        assertThat(world.authenticating.authenticate(signedIn("alice", "another long one"), World.origin()))
                .isInstanceOf(Authenticating.Answer.PasswordChangeRequired.class);
    }

    @Test
    void nobody_has_the_right_to_change_their_own_password_without_the_current_one() {
        for (Optional<PlainPassword> replacement :
                List.of(Optional.of(new PlainPassword("chosen by a thief")), Optional.<PlainPassword>empty()))
            assertThatThrownBy(() -> world.managingAccounts.resetPassword(
                            world.admin(), new ManagingAccounts.PasswordReset("admin", replacement, false)))
                    .isInstanceOfSatisfying(
                            Refusal.Unmet.class,
                            refusal -> assertThat(refusal.fault())
                                    .isEqualTo(new Fault("", AccountRule.OWN_PASSWORD, "admin")));

        assertThat(world.lastEntry().action()).isEqualTo(AuditAction.PASSWORD_RESET);
        assertThat(world.lastEntry().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(world.signIn("admin")).as("the password is what it was").isNotNull();
    }

    @Test
    void a_password_change_ends_the_tokens_only_when_asked() {
        world.account("alice", "login", "apiKey");
        PlainToken token = inUse(token("alice"));

        world.managingAccounts.changePassword(
                world.signIn("alice"), change("", World.PASSWORD, "one of my own choice"));
        assertThat(world.caller(token).name()).isEqualTo("alice");
        world.managingAccounts.changePassword(
                world.caller(signedIn("alice", "one of my own choice")),
                new PasswordChange(
                        "",
                        new PlainPassword("one of my own choice"),
                        new PlainPassword("another of my choice"),
                        true));

        assertForgotten(token);
        assertThat(world.rejection(token)).isInstanceOf(Rejection.AccountTokenGone.class);
    }

    @Test
    void an_administrator_may_have_a_password_made_that_nobody_chose() {
        world.account("alice", "login");
        world.clock.advance(Duration.ofMinutes(1));

        ManagingAccounts.Generated made = world.managingAccounts
                .resetPassword(world.admin(), new ManagingAccounts.PasswordReset("alice", Optional.empty(), false))
                .orElseThrow();

        assertThat(made.password().reveal()).hasSizeGreaterThanOrEqualTo(43);
        assertThat(made.endsAt()).isEqualTo(world.clock.instant().plus(Duration.ofDays(3)));
        assertThat(made.toString()).doesNotContain(made.password().reveal());
        Caller alice = limited(signedIn("alice", made.password().reveal()));
        world.managingAccounts.changePassword(alice, change("", made.password().reveal(), "one of my own choice"));
        assertThat(world.caller(signedIn("alice", "one of my own choice")).name())
                .isEqualTo("alice");
        assertThat(world.managingAccounts.resetPassword(
                        world.admin(),
                        new ManagingAccounts.PasswordReset("alice", new PlainPassword("another long one"), false)))
                .as("a password that was sent is not shown again")
                .isEmpty();
    }

    @Test
    void a_password_that_somebody_else_set_ends_when_it_is_not_changed_in_time() {
        world.account("alice", "login");
        reset("alice", false);
        Instant before = world.clock.instant();

        world.clock.advance(Duration.ofDays(3).minusMillis(1));
        Caller alice = limited(signedIn("alice", "another long one"));
        world.clock.advance(Duration.ofMillis(1));

        assertThat(world.clock.instant()).isEqualTo(before.plus(Duration.ofDays(3)));
        assertThat(world.signingIn.signIn(
                        new SigningIn.SignIn("alice", new PlainPassword("another long one"), World.origin())))
                .isEqualTo(new SigningIn.Answer.PasswordOver("alice"));
        assertThat(world.lastEntry().reason()).isEqualTo("passwordOver");
        assertThatThrownBy(() -> world.managingAccounts.changePassword(
                        alice, change("", "another long one", "one of my own choice")))
                .as("nor is it good for another password")
                .isInstanceOf(Refusal.Invalid.class);
        assertThat(world.signingIn.signIn(new SigningIn.SignIn("alice", new PlainPassword("wrong"), World.origin())))
                .as("only who knows it learns that")
                .isEqualTo(new SigningIn.Answer.BadCredentials());

        reset("alice", false);
        assertThat(limited(signedIn("alice", "another long one")).name()).isEqualTo("alice");
    }

    @Test
    void a_password_that_its_holder_chose_is_good_until_another_is_set() {
        world.account("alice", "login");
        world.managingAccounts.changePassword(
                world.signIn("alice"), change("", World.PASSWORD, "one of my own choice"));
        world.clock.advance(Duration.ofDays(10_000));

        assertThat(world.caller(signedIn("alice", "one of my own choice")).name())
                .isEqualTo("alice");
    }

    @Test
    void the_first_password_of_the_first_administrator_waits_for_its_first_use_and_for_the_change() {
        World fresh = new World();
        fresh.accounts.delete(fresh.accounts.find(new Username("admin")).orElseThrow());
        fresh.provisioning.provision(Optional.empty(), true, World.origin());
        String first = fresh.initialPassword.kept().orElseThrow();
        fresh.clock.advance(Duration.ofDays(100));

        PlainToken session = signedIn(fresh, "admin", first);
        assertThat(fresh.authenticating.authenticate(session, World.origin()))
                .isInstanceOf(Authenticating.Answer.PasswordChangeRequired.class);
        fresh.managingAccounts.changePassword(limited(fresh, session), change("", first, "one of my own choice"));

        assertThat(fresh.caller(signedIn(fresh, "admin", "one of my own choice"))
                        .name())
                .isEqualTo("admin");
    }

    @Test
    void an_account_of_that_name_that_somebody_made_later_is_like_any_other() {
        world.account("root", "login");
        grant("g, root, role:admin\n");
        Caller root = world.signIn("root");
        world.managingAccounts.delete(root, "admin");
        world.managingAccounts.create(
                root,
                new NewAccount(
                        "admin",
                        List.of("login"),
                        true,
                        "",
                        Optional.of(new PlainPassword("another long one")),
                        true,
                        Optional.empty()));

        world.clock.advance(Duration.ofDays(3));

        assertThat(world.signingIn.signIn(
                        new SigningIn.SignIn("admin", new PlainPassword("another long one"), World.origin())))
                .isEqualTo(new SigningIn.Answer.PasswordOver("admin"));
    }

    @Test
    void whoever_never_came_to_change_a_password_is_not_the_administrator_who_is_left() {
        world.account("root", "login");
        grant("g, root, role:admin\n");
        reset("root", false);

        assertThatThrownBy(() -> change("admin", false, "login"))
                .isInstanceOfSatisfying(
                        Refusal.Unmet.class,
                        refusal -> assertThat(refusal.fault().rule()).isEqualTo(AccountRule.LAST_ADMINISTRATOR));

        Caller root = limited(signedIn("root", "another long one"));
        world.managingAccounts.changePassword(root, change("", "another long one", "one of my own choice"));
        change("admin", false, "login");
        assertThat(world.accounts.find(new Username("admin")).orElseThrow().enabled())
                .isFalse();
    }

    @Test
    void an_account_may_begin_with_a_password_to_be_changed() {
        world.managingAccounts.create(
                world.admin(),
                new NewAccount(
                        "alice",
                        List.of("login"),
                        true,
                        "",
                        Optional.of(new PlainPassword(World.PASSWORD)),
                        true,
                        Optional.empty()));

        assertThat(world.authenticating.authenticate(world.sessionToken("alice"), World.origin()))
                .isInstanceOf(Authenticating.Answer.PasswordChangeRequired.class);
    }

    @Test
    void who_may_only_make_accounts_is_told_once_more_what_they_sent_and_no_more() {
        world.account("bob", "login");
        world.managingPolicy.replace(
                world.admin(),
                new ManagingPolicy.Draft(
                        "p, bob, accounts, create, *, allow", "", List.of("groups"), "glob", Optional.of(1)));
        NewAccount command = new NewAccount(
                "kim",
                List.of("login"),
                true,
                "sent",
                Optional.empty(),
                false,
                Optional.of(new Repetition("key-1", "print-1")));
        Caller bob = world.signIn("bob");
        ManagingAccounts.Kept made = world.managingAccounts.create(bob, command);
        world.managingAccounts.change(
                world.admin(),
                new ManagingAccounts.Change("kim", List.of("login", "apiKey"), true, "private", Optional.of(0)));

        assertThat(world.managingAccounts.create(bob, command)).isEqualTo(made);
        assertThat(world.managingAccounts.get(world.admin(), "kim").account().description())
                .isEqualTo("private");
    }

    @Test
    void no_name_passes_for_another_by_its_letter_case() {
        world.account("alice", "login");

        for (String like : List.of("Alice", "ALICE"))
            assertThatThrownBy(
                            () -> world.managingAccounts.create(world.admin(), account(like, "login", World.PASSWORD)))
                    .isInstanceOfSatisfying(
                            Refusal.Unmet.class,
                            refusal -> assertThat(refusal.fault())
                                    .isEqualTo(new Fault("", AccountRule.NAME_LIKE_ANOTHER, like, "alice")));
        assertThatThrownBy(
                        () -> world.managingAccounts.create(world.admin(), account("Admin", "login", World.PASSWORD)))
                .isInstanceOf(Refusal.Unmet.class);
    }

    @Test
    void a_name_that_the_policy_gives_something_to_is_given_by_who_may_change_the_policy() {
        world.account("keeper", "login");
        grant("p, keeper, accounts, create, *, allow\ng, ops, role:admin\np, devs, projects, get, *, allow\n");
        Caller keeper = world.signIn("keeper");

        for (String name : List.of("ops", "devs"))
            assertThatThrownBy(() -> world.managingAccounts.create(keeper, account(name, "login", World.PASSWORD)))
                    .isInstanceOfSatisfying(
                            Refusal.Unmet.class,
                            refusal -> assertThat(refusal.fault().rule()).isEqualTo(AccountRule.NAME_IN_POLICY));
        assertThat(world.managingAccounts
                        .create(keeper, account("newcomer", "login", World.PASSWORD))
                        .account()
                        .name()
                        .value())
                .isEqualTo("newcomer");
        world.account("ops", "login");
        assertThat(world.signIn("ops").name()).isEqualTo("ops");
    }

    @Test
    void the_audit_shows_what_a_change_changed() {
        world.account("alice", "login", "apiKey");
        change("alice", false, "apiKey");

        assertThat(world.entries(AuditAction.ACCOUNT_DISABLED).getFirst().changes())
                .containsExactly(
                        new AuditEntry.Change("capabilities", "login, apiKey", "apiKey"),
                        new AuditEntry.Change("enabled", "true", "false"));
    }

    @Test
    void of_two_administrators_each_may_go_and_then_none() {
        world.account("root", "login");
        grant("g, root, role:admin\n");

        change("admin", false, "login");
        Caller root = world.signIn("root");
        int version = world.managingAccounts.get(root, "root").account().version();
        for (ManagingAccounts.Change last : List.of(
                new ManagingAccounts.Change("root", List.of("login"), false, "", Optional.of(version)),
                new ManagingAccounts.Change("root", List.of("apiKey"), true, "", Optional.of(version))))
            assertThatThrownBy(() -> world.managingAccounts.change(root, last)).isInstanceOf(Refusal.Unmet.class);
        assertThatThrownBy(() -> world.managingAccounts.delete(root, "root")).isInstanceOf(Refusal.Unmet.class);
        assertThatThrownBy(() -> world.managingPolicy.replace(
                        root, new ManagingPolicy.Draft("", "", List.of("groups"), "glob", Optional.of(2))))
                .isInstanceOf(Refusal.Unmet.class);
        assertThat(world.managingPolicy.read(root).csv()).contains("root");
    }

    /** So that it is remembered. */
    private PlainToken inUse(PlainToken token) {
        world.caller(token);
        assertThat(world.authenticating.recall(token, World.origin())).isPresent();
        return token;
    }

    private void assertForgotten(PlainToken... tokens) {
        for (PlainToken each : tokens)
            assertThat(world.authenticating.recall(each, World.origin())).isEmpty();
    }

    private void grant(String csv) {
        int version = world.managingPolicy.read(world.admin()).version();
        world.managingPolicy.replace(
                world.admin(), new ManagingPolicy.Draft(csv, "", List.of("groups"), "glob", Optional.of(version)));
    }

    private PlainToken signedIn(String name, String password) {
        return signedIn(world, name, password);
    }

    private static PlainToken signedIn(World world, String name, String password) {
        var answer = world.signingIn.signIn(new SigningIn.SignIn(name, new PlainPassword(password), World.origin()));
        if (answer instanceof SigningIn.Answer.SignedIn(var session, var token)) return token;
        throw new AssertionError(name + " could not sign in: " + answer);
    }

    private Caller limited(PlainToken session) {
        return limited(world, session);
    }

    private static Caller limited(World world, PlainToken session) {
        if (world.authenticating.authenticate(session, World.origin())
                instanceof Authenticating.Answer.PasswordChangeRequired(Caller caller, Refusal why)) return caller;
        throw new AssertionError("it is good for more, or for nothing");
    }

    private PlainToken token(String name) {
        return world.managingAccountTokens
                .issue(world.admin(), name, new NewToken(Optional.empty(), "", 0))
                .secret();
    }

    private void change(String name, boolean enabled, String... capabilities) {
        int version = world.managingAccounts.get(world.admin(), name).account().version();
        world.managingAccounts.change(
                world.admin(),
                new ManagingAccounts.Change(name, List.of(capabilities), enabled, "", Optional.of(version)));
    }

    private void reset(String name, boolean revokeTokens) {
        world.managingAccounts.resetPassword(
                world.admin(),
                new ManagingAccounts.PasswordReset(name, new PlainPassword("another long one"), revokeTokens));
    }

    private static NewAccount account(String name, String capability, String password) {
        return new NewAccount(name, List.of(capability), true, "", Optional.of(new PlainPassword(password)));
    }

    private static PasswordChange change(String name, String current, String replacement) {
        return new PasswordChange(name, new PlainPassword(current), new PlainPassword(replacement));
    }
}
