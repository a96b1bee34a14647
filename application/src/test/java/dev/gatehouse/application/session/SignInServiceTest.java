package dev.gatehouse.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.account.PlainHasher;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.application.World;
import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.application.account.ManagingAccounts;
import dev.gatehouse.application.session.SigningIn.Answer;
import dev.gatehouse.application.session.SigningIn.SignIn;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInFailures;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditEntry.Outcome;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PlainToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignInServiceTest {
    private final World world = new World();

    @Test
    void the_right_password_starts_a_session_that_ends_after_24_hours() {
        PlainToken token = world.sessionToken("admin");

        assertThat(world.caller(token).name()).isEqualTo("admin");
        assertThat(world.lastEntry().action()).isEqualTo(AuditAction.SESSION_CREATED);

        for (int hour = 0; hour < 23; hour++) {
            world.clock.advance(Duration.ofHours(1));
            world.caller(token);
        }
        world.clock.advance(Duration.ofHours(1).minusSeconds(1));
        assertThat(world.caller(token).name()).isEqualTo("admin");
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(world.rejection(token)).isEqualTo(new Rejection.Expired());
    }

    @Test
    void who_signs_in_once_more_gives_up_the_session_that_was_shown() {
        PlainToken first = world.sessionToken("admin");
        PlainToken elsewhere = world.sessionToken("admin");

        assertThat(again(first, "wrong")).isEqualTo(new Answer.BadCredentials());
        assertThat(world.caller(first).name())
                .as("only when the new one begins")
                .isEqualTo("admin");
        assertThat(again(first, World.PASSWORD)).isInstanceOf(Answer.SignedIn.class);

        assertThat(world.rejection(first)).isEqualTo(new Rejection.SessionEnded());
        assertThat(world.caller(elsewhere).name())
                .as("that of another client goes on")
                .isEqualTo("admin");
        assertThat(world.entries(AuditAction.SESSION_ENDED)).hasSize(1);
    }

    @Test
    void what_was_changed_while_the_password_was_hashed_decides() {
        Map<String, Consumer<String>> changes = Map.of(
                "disabled", name -> change(name, false, "login"),
                "changed", name -> change(name, true, "apiKey"),
                "deleted", name -> world.managingAccounts.delete(world.admin(), name),
                "another",
                        name -> {
                            world.managingAccounts.delete(world.admin(), name);
                            world.account(name, "login");
                        });
        changes.forEach((name, change) -> {
            world.account(name, "login");
            world.hasher.meanwhile(() -> change.accept(name));

            assertThatThrownBy(() -> world.sessionToken(name)).as(name).isInstanceOf(Refusal.Unavailable.class);
            assertThat(world.managingSessions
                            .list(world.admin(), Optional.of(name), new PageRequest(10, Optional.empty()))
                            .items())
                    .as(name)
                    .isEmpty();
        });
    }

    private void change(String name, boolean enabled, String... capabilities) {
        int version = world.managingAccounts.get(world.admin(), name).account().version();
        world.managingAccounts.change(
                world.admin(),
                new ManagingAccounts.Change(name, List.of(capabilities), enabled, "", Optional.of(version)));
    }

    private Answer again(PlainToken shown, String password) {
        return world.signingIn.signIn(
                new SignIn("admin", new PlainPassword(password), World.origin(), Optional.of(world.caller(shown))));
    }

    @Test
    void a_sign_in_from_a_new_place_or_after_refusals_says_so() {
        assertThat(unusual("192.0.2.1")).as("the very first").isEqualTo(Session.Unusual.NOTHING);
        assertThat(unusual("192.0.2.1")).isEqualTo(Session.Unusual.NOTHING);
        assertThat(unusual("192.0.2.2")).isEqualTo(new Session.Unusual(true, 0));

        for (int i = 0; i < 3; i++) signIn("admin", "wrong", "198.51.100." + i);
        signIn("admin", "wrong", "192.0.2.2");
        assertThat(unusual("192.0.2.2")).isEqualTo(new Session.Unusual(false, 4));
        assertThat(world.lastEntry().changes()).containsExactly(new AuditEntry.Change("refusedBefore", "", "4"));

        world.clock.advance(Duration.ofHours(1));
        assertThat(unusual("192.0.2.2")).isEqualTo(Session.Unusual.NOTHING);
        world.clock.advance(Duration.ofDays(90));
        assertThat(unusual("192.0.2.2")).isEqualTo(new Session.Unusual(true, 0));
    }

    @Test
    void a_place_is_known_to_the_hour_and_not_each_sign_in_writes_it_down() {
        Instant first = world.clock.instant();
        signIn("admin", World.PASSWORD, "192.0.2.1");
        world.clock.advance(Duration.ofMinutes(59));
        signIn("admin", World.PASSWORD, "192.0.2.1");
        assertThat(lastSuccess()).contains(first);

        world.clock.advance(Duration.ofMinutes(1));
        signIn("admin", World.PASSWORD, "192.0.2.1");
        assertThat(lastSuccess()).contains(first.plus(Duration.ofHours(1)));
    }

    private Optional<Instant> lastSuccess() {
        return world.failures
                .past(new SignInFailures.Key("admin", "192.0.2.1"), SignInPlace.of("192.0.2.1"))
                .lastSuccess();
    }

    private Session.Unusual unusual(String address) {
        if (signIn("admin", World.PASSWORD, address) instanceof Answer.SignedIn(Session session, var token))
            return world.sessions.find(session.id()).orElseThrow().unusual();
        throw new AssertionError("nobody signed in");
    }

    @Test
    void wrong_unknown_and_passwordless_are_told_the_same_and_cost_one_hash_each() {
        world.account("robot", "apiKey");
        int before = checks();

        assertThat(signIn("admin", "wrong", "192.0.2.1")).isEqualTo(new Answer.BadCredentials());
        assertThat(signIn("nobody", "wrong", "192.0.2.1")).isEqualTo(new Answer.BadCredentials());
        assertThat(signIn("robot", "wrong", "192.0.2.1")).isEqualTo(new Answer.BadCredentials());
        assertThat(signIn("no/such:name", "wrong", "192.0.2.1")).isEqualTo(new Answer.BadCredentials());

        assertThat(checks() - before).isEqualTo(4);
        assertThat(world.lastEntry().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(world.lastEntry().reason()).isEqualTo("badCredentials");
    }

    @Test
    void where_every_hash_is_of_today_a_name_without_one_costs_one_of_today() {
        world.account("robot", "apiKey");
        int before = world.hasher.checks(PlainHasher.TODAY);

        for (int i = 0; i < 50; i++) signIn("nobody-" + i, "wrong", "198.51.100." + i);

        assertThat(world.hasher.checks(PlainHasher.TODAY) - before).isEqualTo(50);
        assertThat(world.hasher.checks(PlainHasher.DATED)).isZero();
    }

    @Test
    void a_name_without_a_hash_costs_a_dated_one_as_often_as_accounts_have_one() {
        imported(3);
        int dated = 0;
        for (int i = 0; i < 400; i++) {
            int cost = datedChecksOf("nobody-" + i, "198.51." + i / 200 + "." + i % 200);
            dated += cost;
            assertThat(datedChecksOf("nobody-" + i, "198.51." + i / 200 + "." + i % 200))
                    .as("it is the same for a name each time")
                    .isEqualTo(cost);
        }

        // Three of four hashes are dated; five standard deviations to each side.
        assertThat(dated).isBetween(300 - 44, 300 + 44);
    }

    @Test
    void accounts_that_cannot_sign_in_count_among_those_that_have_a_dated_hash() {
        imported(3);
        for (int i = 0; i < 3; i++) {
            Account account = stored("imported-" + i);
            world.accounts.update(account.with(account.capabilities(), false, ""));
        }

        assertThat(datedChecksOfNobodies()).isPositive();
    }

    @Test
    void a_locked_name_costs_what_its_hash_does_or_what_was_drawn_for_it() {
        imported(3);
        for (String name : List.of("imported-0", "admin", "nobody-1", "nobody-2", "nobody-3", "nobody-4")) {
            int open = datedChecksOf(name, "192.0.2.1");
            for (int i = 1; i < 5; i++) signIn(name, "wrong", "192.0.2.1");

            int locked = datedChecksOf(name, "192.0.2.1");

            assertThat(world.lastEntry().reason()).as(name).isEqualTo("locked");
            assertThat(locked).as(name).isEqualTo(open);
        }
    }

    @Test
    void an_import_shows_after_a_minute_and_an_upgrade_at_once() {
        assertThat(datedChecksOfNobodies()).isZero();
        world.account("alice", "login");
        world.account("bob", "login");
        dated("alice");
        dated("bob");
        assertThat(datedChecksOfNobodies()).as("nothing tells of it").isZero();
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(datedChecksOfNobodies()).isPositive();

        world.sessionToken("alice");
        int one = datedChecksOfNobodies();
        world.managingAccounts.resetPassword(
                world.admin(),
                new ManagingAccounts.PasswordReset(
                        "bob", Optional.of(new PlainPassword("another-Secret-of-bob")), false));

        assertThat(one).isPositive();
        assertThat(datedChecksOfNobodies()).isZero();
    }

    private int datedChecksOfNobodies() {
        return IntStream.range(0, 40)
                .map(each -> datedChecksOf("nobody-" + each, "198.51.100." + each))
                .sum();
    }

    /** So many accounts with a dated hash, beside the administrator's, and counted. */
    private void imported(int accounts) {
        for (int i = 0; i < accounts; i++) {
            world.account("imported-" + i, "login");
            dated("imported-" + i);
        }
        world.clock.advance(Duration.ofMinutes(1));
    }

    private int datedChecksOf(String name, String address) {
        int before = world.hasher.checks(PlainHasher.DATED);
        signIn(name, "wrong", address);
        return world.hasher.checks(PlainHasher.DATED) - before;
    }

    @Test
    void nothing_to_check_is_said_so() {
        assertThat(signIn("", "x", "192.0.2.1")).isEqualTo(new Answer.NoCredentials());
        assertThat(signIn("admin", "", "192.0.2.1")).isEqualTo(new Answer.NoCredentials());
    }

    @Test
    void a_name_of_33_bytes_is_refused_whatever_its_characters() {
        assertThatThrownBy(() -> signIn("a".repeat(33), "x", "192.0.2.1")).isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> signIn("é".repeat(16) + "a", "x", "192.0.2.1")).isInstanceOf(Refusal.Invalid.class);
    }

    /** CVE-2020-8827. */
    @Test
    void after_five_failures_the_right_password_does_not_help_for_five_minutes() {
        for (int i = 0; i < 5; i++) signIn("admin", "wrong", "192.0.2.1");

        assertThat(signIn("admin", World.PASSWORD, "192.0.2.1")).isEqualTo(new Answer.BadCredentials());
        assertThat(world.lastEntry().reason()).isEqualTo("locked");

        world.clock.advance(Duration.ofMinutes(5));
        assertThat(signIn("admin", World.PASSWORD, "192.0.2.1")).isInstanceOf(Answer.SignedIn.class);
    }

    @Test
    void a_stranger_elsewhere_locks_nobody_out() {
        for (int i = 0; i < 20; i++) signIn("admin", "wrong", "198.51.100.9");

        assertThat(signIn("admin", World.PASSWORD, "192.0.2.1")).isInstanceOf(Answer.SignedIn.class);
    }

    @Test
    void who_is_locked_out_costs_one_hash_as_a_wrong_password_does() {
        for (int i = 0; i < 5; i++) signIn("admin", "wrong", "192.0.2.1");
        int before = checks();

        signIn("admin", World.PASSWORD, "192.0.2.1");

        assertThat(checks() - before).isEqualTo(1);
    }

    @Test
    void who_is_locked_out_costs_as_many_writes_as_a_wrong_password_and_none_of_them_counts() {
        world.account("alice", "login");
        for (int i = 0; i < 4; i++) signIn("admin", "wrong", "192.0.2.1");
        long before = world.store.rowsWritten();
        signIn("admin", "wrong", "192.0.2.1");
        long wrong = world.store.rowsWritten() - before;

        for (int i = 0; i < 200; i++) signIn("admin", "wrong", "192.0.2.1");
        before = world.store.rowsWritten();
        signIn("admin", World.PASSWORD, "192.0.2.1");

        assertThat(world.store.rowsWritten() - before).isEqualTo(wrong);
        assertThat(signIn("alice", World.PASSWORD, "192.0.2.1")).isInstanceOf(Answer.SignedIn.class);
        assertThat(signIn("admin", World.PASSWORD, "192.0.2.2")).isInstanceOf(Answer.SignedIn.class);
        world.clock.advance(Duration.ofMinutes(5));
        assertThat(signIn("admin", World.PASSWORD, "192.0.2.1")).isInstanceOf(Answer.SignedIn.class);
    }

    /** CVE-2024-21662: no number of names makes the counter of one forget, and a place that tries many is stopped. */
    @Test
    void one_place_that_tries_many_names_is_stopped_whatever_the_name() {
        for (int i = 0; i < 100; i++) signIn("name-" + i, "wrong", "192.0.2.1");

        assertThat(signIn("admin", World.PASSWORD, "192.0.2.1")).isEqualTo(new Answer.BadCredentials());
        assertThat(world.lastEntry().reason()).isEqualTo("locked");
        assertThat(signIn("admin", World.PASSWORD, "192.0.2.2")).isInstanceOf(Answer.SignedIn.class);
        world.clock.advance(Duration.ofSeconds(36));
        assertThat(signIn("admin", World.PASSWORD, "192.0.2.1")).isInstanceOf(Answer.SignedIn.class);
    }

    @Test
    void one_name_tried_from_many_places_is_slowed_down_everywhere_but_where_its_owner_is_known() {
        signIn("admin", World.PASSWORD, "192.0.2.1");
        for (int i = 0; i < 50; i++) signIn("admin", "wrong", "198.51.100." + i);

        assertThat(signIn("admin", World.PASSWORD, "203.0.113.1")).isEqualTo(new Answer.BadCredentials());
        assertThat(signIn("admin", World.PASSWORD, "192.0.2.1")).isInstanceOf(Answer.SignedIn.class);
        world.clock.advance(Duration.ofSeconds(72));
        assertThat(signIn("admin", World.PASSWORD, "203.0.113.1")).isInstanceOf(Answer.SignedIn.class);
    }

    @Test
    void the_addresses_of_one_ipv6_network_are_one_place() {
        for (int i = 0; i < 5; i++) signIn("admin", "wrong", "2001:db8::" + i);

        assertThat(signIn("admin", World.PASSWORD, "2001:db8::99")).isEqualTo(new Answer.BadCredentials());
        assertThat(signIn("admin", World.PASSWORD, "2001:db8:0:1::99")).isInstanceOf(Answer.SignedIn.class);
    }

    /** CVE-2024-21661. */
    @Test
    void of_many_wrong_passwords_at_once_none_is_lost() {
        Race<Answer> race = Race.of(100, () -> signIn("admin", "wrong", "192.0.2.1"));

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsOnly(new Answer.BadCredentials());
        long counted = world.entries(AuditAction.SESSION_REFUSED).stream()
                .filter(each -> each.reason().equals("badCredentials"))
                .count();
        assertThat(world.failuresOf("admin", "192.0.2.1"))
                .isEqualTo((int) counted)
                .isGreaterThanOrEqualTo(5);
        assertThat(signIn("admin", World.PASSWORD, "192.0.2.1")).isEqualTo(new Answer.BadCredentials());
    }

    @Test
    void what_was_guessed_beside_it_locks_it_by_every_count_whether_it_is_right_or_wrong() {
        Map<String, Runnable> guessed = Map.of(
                "this name from here", () -> guess(5, i -> signIn("admin", "wrong", "192.0.2.1")),
                "this place", () -> guess(100, i -> signIn("name-" + i, "wrong", "192.0.2.1")),
                "this name", () -> guess(50, i -> signIn("admin", "wrong", "198.51.100." + i)));
        guessed.forEach((counted, guesses) -> {
            for (String password : List.of(World.PASSWORD, "wrong")) {
                world.hasher.meanwhile(guesses);

                assertThat(signIn("admin", password, "192.0.2.1")).as(counted).isEqualTo(new Answer.BadCredentials());

                assertThat(world.lastEntry().reason()).as(counted).isEqualTo("locked");
                world.clock.advance(Duration.ofHours(1));
            }
        });
    }

    private static void guess(int times, IntConsumer one) {
        IntStream.range(0, times).forEach(one);
    }

    @Test
    void what_others_guessed_elsewhere_beside_it_keeps_nobody_out_of_where_they_are_known() {
        signIn("admin", World.PASSWORD, "192.0.2.1");
        world.hasher.meanwhile(() -> guess(50, i -> signIn("admin", "wrong", "198.51.100." + i)));

        assertThat(signIn("admin", World.PASSWORD, "192.0.2.1")).isInstanceOf(Answer.SignedIn.class);
    }

    @Test
    void a_right_password_that_what_was_guessed_beside_it_locks_costs_as_many_writes_as_a_wrong_one() {
        signIn("admin", "wrong", "192.0.2.1");
        long before = world.store.rowsWritten();
        signIn("admin", "wrong", "192.0.2.1");
        long wrong = world.store.rowsWritten() - before;
        AtomicLong guessed = new AtomicLong();
        world.hasher.meanwhile(() -> {
            guess(4, i -> signIn("admin", "wrong", "192.0.2.1"));
            guessed.set(world.store.rowsWritten());
        });

        signIn("admin", World.PASSWORD, "192.0.2.1");

        assertThat(world.lastEntry().reason()).isEqualTo("locked");
        assertThat(world.store.rowsWritten() - guessed.get()).isEqualTo(wrong);
    }

    @Test
    void a_success_forgets_the_failures() {
        for (int i = 0; i < 4; i++) signIn("admin", "wrong", "192.0.2.1");
        signIn("admin", World.PASSWORD, "192.0.2.1");
        for (int i = 0; i < 4; i++) signIn("admin", "wrong", "192.0.2.1");

        assertThat(signIn("admin", World.PASSWORD, "192.0.2.1")).isInstanceOf(Answer.SignedIn.class);
    }

    @Test
    void only_who_knows_the_password_learns_that_the_account_cannot_sign_in() {
        world.account("robot", "apiKey");

        assertThat(signIn("robot", World.PASSWORD, "192.0.2.1")).isEqualTo(new Answer.NoLogin("robot"));
        assertThat(signIn("robot", "wrong", "192.0.2.1")).isEqualTo(new Answer.BadCredentials());
    }

    @Test
    void signing_out_ends_the_session_for_good_and_no_other() {
        PlainToken first = world.sessionToken("admin");
        PlainToken second = world.sessionToken("admin");
        Caller caller = world.caller(first);

        world.signingIn.signOut(caller);

        assertThat(world.authenticating.recall(first, World.origin())).isEmpty();
        assertThat(world.rejection(first)).isEqualTo(new Rejection.SessionEnded());
        assertThat(world.caller(second).name()).isEqualTo("admin");
        assertThat(world.entries(AuditAction.SESSION_ENDED)).hasSize(1);
    }

    @Test
    void a_password_typed_as_the_name_is_not_in_the_audit_and_a_known_name_is() throws NoSuchAlgorithmException {
        signIn("my-secret-typed-as-name", "x", "192.0.2.1");
        assertThat(world.lastEntry().toString()).doesNotContain("my-secret").contains("unknown:");
        assertThat(world.lastEntry().toString())
                .as("who reads the audit cannot find it out by trying")
                .doesNotContain(sha256("my-secret-typed-as-name").substring(0, 12));
        String subject = world.lastEntry().actor().subject();
        signIn("my-secret-typed-as-name", "y", "198.51.100.1");
        assertThat(world.lastEntry().actor().subject())
                .as("it is told from others")
                .isEqualTo(subject);

        signIn("admin", "wrong", "192.0.2.1");
        assertThat(world.lastEntry().actor().subject()).isEqualTo("admin");
    }

    @Test
    void no_entry_of_the_audit_holds_a_password() {
        signIn("admin", "a-wrong-and-secret-one", "192.0.2.1");
        world.sessionToken("admin");

        assertThat(world.entries(AuditAction.SESSION_REFUSED).toString() + world.entries(AuditAction.SESSION_CREATED))
                .doesNotContain("a-wrong-and-secret-one")
                .doesNotContain(World.PASSWORD);
    }

    @Test
    void a_dated_hash_is_replaced_at_the_next_sign_in_and_nothing_else_changes() {
        world.account("alice", "login");
        PlainPassword password = new PlainPassword(World.PASSWORD);
        Account imported = dated("alice");

        signIn("alice", "wrong", "192.0.2.1");
        assertThat(stored("alice").password()).isEqualTo(imported.password());
        assertThat(signIn("alice", World.PASSWORD, "192.0.2.1")).isInstanceOf(Answer.SignedIn.class);

        PasswordHash better = stored("alice").password().orElseThrow();
        assertThat(world.hasher.isDated(better)).isFalse();
        assertThat(world.hasher.matches(password, better, SignInPlace.of(""))).isTrue();
        assertThat(stored("alice").withBetterHash(imported.password().orElseThrow()))
                .isEqualTo(imported.signedIn(world.clock.instant()));
        assertThat(world.entries(AuditAction.SESSION_CREATED).getFirst().changes())
                .contains(new AuditEntry.Change("passwordHash", "dated", "current"));
        int hashed = world.hasher.hashed();
        assertThat(signIn("alice", World.PASSWORD, "192.0.2.1")).isInstanceOf(Answer.SignedIn.class);
        assertThat(world.hasher.hashed()).isEqualTo(hashed);
        assertThat(world.entries(AuditAction.SESSION_CREATED).getFirst().changes())
                .doesNotContain(new AuditEntry.Change("passwordHash", "dated", "current"));
    }

    @Test
    void a_disabled_account_keeps_its_dated_hash() {
        world.account("alice", "login");
        Account imported = dated("alice");
        world.accounts.update(imported.with(imported.capabilities(), false, ""));

        assertThat(signIn("alice", World.PASSWORD, "192.0.2.1")).isEqualTo(new Answer.AccountDisabled("alice"));

        assertThat(stored("alice").password()).isEqualTo(imported.password());
    }

    @Test
    void a_sign_in_is_noted_and_a_refused_one_is_not() {
        world.account("alice", "login");

        signIn("alice", "wrong", "192.0.2.1");
        assertThat(stored("alice").lastLoginAt()).isEmpty();
        signIn("alice", World.PASSWORD, "192.0.2.1");
        assertThat(stored("alice").lastLoginAt()).contains(world.clock.instant());
        assertThat(stored("alice").version()).as("it is no change").isZero();
    }

    @Test
    void who_crowds_the_line_for_hashes_keeps_nobody_elsewhere_out() {
        world.hasher.crowdedBy(SignInPlace.of("2001:db8:0:7::1"));

        assertThatThrownBy(() -> world.signingIn.signIn(new SignIn(
                        "admin",
                        new PlainPassword(World.PASSWORD),
                        new Origin("2001:db8:0:7:ffff::2", "", "request-2"))))
                .isInstanceOf(Refusal.Unavailable.class);
        assertThat(world.sessionToken("admin")).isNotNull();
    }

    @Test
    void when_too_many_are_hashing_nobody_is_told_anything_about_a_password() {
        world.hasher.busy(true);

        for (String name : List.of("admin", "nobody"))
            assertThatThrownBy(() -> signIn(name, World.PASSWORD, "192.0.2.1")).isInstanceOf(Refusal.Unavailable.class);
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Account dated(String name) {
        PasswordHash dated = world.hasher.datedHash(new PlainPassword(World.PASSWORD));
        return world.accounts.update(stored(name).withBetterHash(dated));
    }

    private Account stored(String name) {
        return world.accounts.find(new Username(name)).orElseThrow();
    }

    private int checks() {
        return world.hasher.matched() + world.hasher.matchedNothing();
    }

    private Answer signIn(String name, String password, String address) {
        return world.signingIn.signIn(
                new SignIn(name, new PlainPassword(password), new Origin(address, "test/1", "request-1")));
    }
}
