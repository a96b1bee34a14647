package dev.gatehouse.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.application.World;
import dev.gatehouse.application.account.ManagingAccounts;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.application.session.ManagingSessions;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.application.token.ManagingTokenPolicy;
import dev.gatehouse.application.token.NewToken;
import dev.gatehouse.application.token.Rotation;
import dev.gatehouse.application.webhook.ManagingWebhookClients;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.SessionPolicy;
import dev.gatehouse.domain.webhook.WebhookClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When who signed in a while ago is asked to sign in again. */
class RecentSignInTest {
    private static final Duration MOST = Duration.ofMinutes(5);
    private static final String ANOTHER_PASSWORD = "another long passphrase";

    private final World world = new World();

    RecentSignInTest() {
        world.account("alice", "login", "apiKey");
        world.account("bob", "login", "apiKey");
        world.account("idler", "login");
        world.project("demo");
        replace(world.admin(), Optional.of(MOST), false);
    }

    private void replace(Caller caller, Optional<Duration> recent, boolean dryRun) {
        int version = world.managingTokenPolicy.read(caller, Optional.empty()).version();
        world.managingTokenPolicy.replace(
                caller,
                Optional.empty(),
                new ManagingTokenPolicy.Draft(
                        KindPolicy.LENIENT,
                        KindPolicy.LENIENT,
                        new SessionPolicy(Optional.empty(), Optional.empty(), Optional.empty(), recent),
                        Optional.of(version)),
                dryRun);
    }

    private Caller signedInLongAgo(String name) {
        Caller caller = world.signIn(name);
        world.clock.advance(MOST.plusSeconds(1));
        return caller;
    }

    private static NewToken endless() {
        return new NewToken(Optional.empty(), "", 0);
    }

    private static NewToken ofAnHour() {
        return new NewToken(Optional.empty(), "", 3_600);
    }

    private int versionOf(String account) {
        return world.managingAccounts.get(world.admin(), account).account().version();
    }

    private ManagingAccounts.Change change(String account, boolean enabled, String... capabilities) {
        return new ManagingAccounts.Change(
                account, List.of(capabilities), enabled, "", Optional.of(versionOf(account)));
    }

    private ManagingProjects.Draft demo(ManagingProjects.RoleDraft... roles) {
        Project stored = world.managingProjects.get(world.admin(), "demo").project();
        return new ManagingProjects.Draft(
                "demo", "", stored.resourceVersion().toString(), stored.labels(), "changed", List.of(roles), "{}");
    }

    private static ManagingProjects.RoleDraft role(String description, String... groups) {
        return new ManagingProjects.RoleDraft(
                "ci",
                description,
                List.of(
                        "p, proj:demo:ci, applications, get, demo/*, allow",
                        "p, proj:demo:ci, events, create, demo/*, allow"),
                List.of(groups));
    }

    private static Arguments act(String name, AuditAction action, BiConsumer<RecentSignInTest, Caller> act) {
        return Arguments.of(name, action, act);
    }

    static Stream<Arguments> gives_power_for_good_or_cannot_be_undone() {
        return Stream.of(
                act(
                        "an account token without an end",
                        AuditAction.TOKEN_CREATED,
                        (test, caller) -> test.world.managingAccountTokens.issue(caller, "bob", endless())),
                act(
                        "a project token without an end",
                        AuditAction.TOKEN_CREATED,
                        (test, caller) -> test.world.managingProjectTokens.issue(caller, "demo", "ci", endless())),
                act(
                        "either, by the call of our own",
                        AuditAction.TOKEN_CREATED,
                        (test, caller) -> test.world.managingTokens.issue(caller, "proj:demo:ci", endless())),
                act("a rotation to no end", AuditAction.TOKEN_ROTATED, (test, caller) -> {
                    String id = test.tokenOf("bob");
                    test.world.managingTokens.rotate(
                            caller,
                            id,
                            new Rotation(
                                    60, true, Optional.of(0L), Optional.empty(), Optional.empty(), Optional.empty()));
                }),
                act("the policy", AuditAction.POLICY_CHANGED, (test, caller) -> {
                    PolicyDocument stored = test.world.managingPolicy.read(caller);
                    test.world.managingPolicy.replace(
                            caller,
                            new ManagingPolicy.Draft(
                                    stored.csv(),
                                    stored.extra(),
                                    stored.defaultRole(),
                                    stored.scopes(),
                                    stored.matchMode().word(),
                                    Optional.of(stored.version())));
                }),
                act(
                        "the policy on tokens",
                        AuditAction.POLICY_CHANGED,
                        (test, caller) -> test.replace(caller, Optional.empty(), false)),
                act(
                        "the policy on tokens of a project",
                        AuditAction.POLICY_CHANGED,
                        (test, caller) -> test.world.managingTokenPolicy.replace(
                                caller,
                                Optional.of("demo"),
                                new ManagingTokenPolicy.Draft(KindPolicy.LENIENT, KindPolicy.LENIENT, Optional.of(0)),
                                false)),
                act(
                        "a password, without knowing one",
                        AuditAction.PASSWORD_RESET,
                        (test, caller) -> test.world.managingAccounts.resetPassword(
                                caller,
                                new ManagingAccounts.PasswordReset("bob", new PlainPassword(ANOTHER_PASSWORD), false))),
                act(
                        "a new account",
                        AuditAction.ACCOUNT_CREATED,
                        (test, caller) -> test.world.managingAccounts.create(
                                caller,
                                new ManagingAccounts.NewAccount(
                                        "carol",
                                        List.of("login"),
                                        true,
                                        "",
                                        Optional.of(new PlainPassword(World.PASSWORD))))),
                act(
                        "a capability",
                        AuditAction.ACCOUNT_CHANGED,
                        (test, caller) -> test.world.managingAccounts.change(
                                caller, test.change("idler", true, "login", "apiKey"))),
                act(
                        "the end of an account",
                        AuditAction.ACCOUNT_DELETED,
                        (test, caller) -> test.world.managingAccounts.delete(caller, "idler")),
                act(
                        "a new project with a role",
                        AuditAction.PROJECT_CREATED,
                        (test, caller) -> test.world.managingProjects.create(
                                caller,
                                World.draft(
                                        "fresh",
                                        new ManagingProjects.RoleDraft("ci", "", List.of(), List.of("builders"))),
                                false)),
                act(
                        "a group in a role",
                        AuditAction.PROJECT_CHANGED,
                        (test, caller) -> test.world.managingProjects.update(caller, test.demo(role("", "builders")))),
                act(
                        "the end of a project",
                        AuditAction.PROJECT_DELETED,
                        (test, caller) -> test.world.managingProjects.delete(caller, "demo")),
                act(
                        "a webhook client",
                        AuditAction.WEBHOOK_CLIENT_CREATED,
                        (test, caller) -> test.world.managingWebhookClients.create(
                                caller,
                                "demo",
                                new ManagingWebhookClients.NewClient("hook", "github", "ci", true, Optional.empty()))),
                act(
                        "another signing key",
                        AuditAction.SIGNING_KEY_ROTATED,
                        (test, caller) ->
                                test.world.signingKeyService.rotate(caller, Optional.empty(), Optional.empty())),
                act(
                        "the end of a signing key",
                        AuditAction.SIGNING_KEY_REVOKED,
                        (test, caller) -> test.world.signingKeyService.revoke(
                                caller,
                                test.world
                                        .signingKeyService
                                        .list(caller)
                                        .getFirst()
                                        .key()
                                        .kid())));
    }

    private String tokenOf(String account) {
        return world.managingAccountTokens
                .issue(world.admin(), account, ofAnHour())
                .token()
                .id()
                .value();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gives_power_for_good_or_cannot_be_undone")
    void what_outlasts_a_session_takes_a_recent_sign_in_and_the_refusal_is_written_down(
            String name, AuditAction action, BiConsumer<RecentSignInTest, Caller> act) {
        Caller caller = signedInLongAgo("admin");

        assertThatExceptionOfType(Refusal.SignInTooOld.class)
                .isThrownBy(() -> act.accept(this, caller))
                .satisfies(refused -> assertThat(refused.most()).isEqualTo(MOST));

        AuditEntry entry = world.entries(action).getFirst();
        assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
        assertThat(entry.reason()).isEqualTo("signInTooOld");
        assertThat(entry.actor().subject()).isEqualTo("admin");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gives_power_for_good_or_cannot_be_undone")
    void the_same_is_done_in_the_last_second_of_that_time(
            String name, AuditAction action, BiConsumer<RecentSignInTest, Caller> act) {
        Caller caller = world.admin();
        world.clock.advance(Duration.between(
                world.clock.instant(), caller.signedInAt().orElseThrow().plus(MOST)));

        act.accept(this, caller);

        assertThat(world.entries(action).getFirst().outcome()).isEqualTo(AuditEntry.Outcome.DONE);
    }

    @Test
    void nobody_is_asked_where_the_policy_says_nothing() {
        replace(world.admin(), Optional.empty(), false);
        Caller caller = signedInLongAgo("admin");

        assertThatCode(() -> world.managingAccountTokens.issue(caller, "bob", endless()))
                .doesNotThrowAnyException();
    }

    @Test
    void whoever_has_no_right_is_told_so_first() {
        Caller caller = signedInLongAgo("bob");

        assertThatExceptionOfType(Refusal.Forbidden.class)
                .isThrownBy(() -> world.managingAccounts.delete(caller, "alice"));
        assertThatExceptionOfType(Refusal.Forbidden.class)
                .isThrownBy(() -> world.managingAccountTokens.issue(caller, "alice", endless()));
    }

    @Test
    void what_only_ends_something_is_never_asked_for() {
        String token = tokenOf("bob");
        PlainToken session = world.sessionToken("bob");
        Caller caller = signedInLongAgo("admin");

        world.managingTokens.revoke(caller, token, "");
        world.managingSessions.endAll(caller, new ManagingSessions.EndAll("bob", true, false));
        world.managingAccounts.change(caller, change("alice", false, "login", "apiKey"));
        world.managingAccounts.change(caller, change("bob", true, "login"));

        assertThat(world.authenticating.authenticate(session, World.origin()))
                .isInstanceOf(Authenticating.Answer.Rejected.class);
        assertThatExceptionOfType(Refusal.SignInTooOld.class)
                .isThrownBy(() -> world.managingAccounts.change(caller, change("alice", true, "login", "apiKey")));
    }

    @Test
    void a_project_may_be_changed_but_for_its_roles() {
        Caller caller = signedInLongAgo("admin");

        assertThat(world.managingProjects
                        .update(caller, demo(role("")))
                        .project()
                        .spec()
                        .description())
                .isEqualTo("changed");
        assertThatCode(() -> world.managingProjects.create(caller, World.draft("bare"), false))
                .doesNotThrowAnyException();
    }

    @Test
    void a_token_with_an_end_is_given_out_unless_it_could_do_what_is_asked_for_itself() {
        Caller caller = signedInLongAgo("admin");

        assertThatCode(() -> world.managingAccountTokens.issue(caller, "bob", ofAnHour()))
                .doesNotThrowAnyException();
        assertThatCode(() -> world.managingProjectTokens.issue(caller, "demo", "ci", ofAnHour()))
                .doesNotThrowAnyException();
        makeAdministrator("alice");
        Caller later = signedInLongAgo("alice");
        assertThatExceptionOfType(Refusal.SignInTooOld.class)
                .isThrownBy(() -> world.managingAccountTokens.issue(later, "alice", ofAnHour()));
        NewToken narrowed = new NewToken(
                Optional.empty(),
                "",
                Optional.of(3_600L),
                Optional.empty(),
                new NewToken.Restricted(Optional.empty(), Optional.of(List.of("applications, *, *")), Optional.empty()),
                Optional.empty());
        assertThatCode(() -> world.managingTokens.issue(later, "alice", narrowed))
                .doesNotThrowAnyException();
    }

    private void makeAdministrator(String name) {
        Caller admin = world.admin();
        PolicyDocument stored = world.managingPolicy.read(admin);
        world.managingPolicy.replace(
                admin,
                new ManagingPolicy.Draft(
                        stored.csv() + "\ng, " + name + ", role:admin\n",
                        stored.extra(),
                        stored.defaultRole(),
                        stored.scopes(),
                        stored.matchMode().word(),
                        Optional.of(stored.version())));
    }

    @Test
    void a_token_that_was_made_is_not_shown_again_to_an_old_session_either() {
        NewToken command = new NewToken(
                Optional.empty(),
                "",
                Optional.of(0L),
                Optional.empty(),
                NewToken.Restricted.NOT,
                Optional.of(new Repetition("key-1", "print")));
        Caller caller = world.signIn("bob");
        PlainToken made = world.managingTokens.issue(caller, "bob", command).secret();
        assertThat(world.managingTokens.issue(caller, "bob", command).secret().reveal())
                .isEqualTo(made.reveal());
        world.clock.advance(MOST.plusSeconds(1));

        assertThatExceptionOfType(Refusal.SignInTooOld.class)
                .isThrownBy(() -> world.managingTokens.issue(caller, "bob", command));

        assertThat(world.lastEntry().reason()).isEqualTo("signInTooOld");
    }

    @Test
    void the_secret_of_a_webhook_client_that_was_made_is_not_shown_again_to_an_old_session_either() {
        ManagingWebhookClients.NewClient command = new ManagingWebhookClients.NewClient(
                "hook", "github", "ci", true, Optional.empty(), Optional.of(new Repetition("key-1", "print")));
        Caller caller = world.admin();
        WebhookClient made = world.managingWebhookClients.create(caller, "demo", command);
        assertThat(world.managingWebhookClients.create(caller, "demo", command)).isEqualTo(made);
        world.clock.advance(MOST.plusSeconds(1));

        assertThatExceptionOfType(Refusal.SignInTooOld.class)
                .isThrownBy(() -> world.managingWebhookClients.create(caller, "demo", command));

        assertThat(world.lastEntry().reason()).isEqualTo("signInTooOld");
    }

    @Test
    void tokens_are_not_asked_since_nobody_signs_in_with_one() {
        makeAdministrator("alice");
        PlainToken token = world.managingAccountTokens
                .issue(world.signIn("alice"), "alice", endless())
                .secret();
        world.clock.advance(Duration.ofDays(30));
        Caller caller = world.caller(token);

        assertThatCode(() -> world.managingAccounts.delete(caller, "bob")).doesNotThrowAnyException();
        assertThat(caller.signedInAt()).isEmpty();
    }

    @Test
    void anothers_password_with_ones_own_is_fresh_in_itself() {
        Caller caller = signedInLongAgo("admin");

        assertThatCode(() -> world.managingAccounts.changePassword(
                        caller,
                        new ManagingAccounts.PasswordChange(
                                "bob", new PlainPassword(World.PASSWORD), new PlainPassword(ANOTHER_PASSWORD))))
                .doesNotThrowAnyException();
    }

    @Test
    void a_rehearsal_is_not_asked_for() {
        Caller caller = signedInLongAgo("admin");

        assertThatCode(() -> replace(caller, Optional.empty(), true)).doesNotThrowAnyException();
        world.managingAccounts.rehearseDeletion(caller, "bob");
        world.managingAccounts.rehearseChange(caller, change("idler", true, "login", "apiKey"));
        world.managingProjects.rehearseUpdate(caller, demo());
        world.managingProjects.rehearseDeletion(caller, "demo");
        world.managingAccounts.rehearseReset(caller, new ManagingAccounts.PasswordReset("bob", Optional.empty(), true));
        world.signingKeyService.rehearseRevocation(caller, "key-1");

        assertThat(world.managingAccounts.get(caller, "bob").account().enabled())
                .isTrue();
        assertThat(world.managingProjects.get(caller, "demo").project().spec().roles())
                .hasSize(1);
    }

    @Test
    void a_renewed_token_of_a_session_is_no_recent_sign_in() {
        SessionRules usual = SessionRules.DEFAULT;
        World brief =
                new World(new SessionRules(usual.absolute(), usual.idle(), Duration.ofMinutes(10), usual.limit()));
        Caller first = brief.admin();
        brief.clock.advance(Duration.ofMinutes(9));

        Caller renewed = brief.caller(brief.signingIn.renew(first).orElseThrow());

        assertThat(renewed.issuedAt()).isNotEqualTo(first.issuedAt());
        assertThat(renewed.signedInAt()).isPresent().isEqualTo(first.signedInAt());
    }

    @Test
    void a_session_of_which_nobody_knows_when_it_began_counts_as_old() {
        Caller known = world.admin();
        Caller unknown = new Caller(
                known.subject(),
                List.of(),
                Caller.Method.SESSION,
                known.credential(),
                known.issuedAt(),
                known.issuer(),
                known.origin());

        assertThatExceptionOfType(Refusal.SignInTooOld.class)
                .isThrownBy(() -> world.managingAccounts.delete(unknown, "bob"));
    }
}
