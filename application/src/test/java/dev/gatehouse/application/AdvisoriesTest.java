package dev.gatehouse.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.PlainSealer;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.application.access.TokenPolicyInForce;
import dev.gatehouse.application.account.PasswordCheck;
import dev.gatehouse.application.session.SignInService;
import dev.gatehouse.application.session.SigningIn;
import dev.gatehouse.application.session.SigningIn.Answer;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.PasswordRules;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInThrottle;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What went wrong in Argo CD before, by the name it got (Argo CD contract 10), where only the use cases can show it. */
class AdvisoriesTest {
    private static final String HOME = "192.0.2.1";

    private final World world = new World();

    private static Origin from(String address) {
        return new Origin(address, "world/1", "request-1");
    }

    private static Answer signIn(SigningIn at, String name, String password, String address) {
        return at.signIn(new SigningIn.SignIn(name, new PlainPassword(password), from(address)));
    }

    private Answer signIn(String name, String password, String address) {
        return signIn(world.signingIn, name, password, address);
    }

    /** A process that started later: it shares with the first what is stored and nothing else. */
    private SigningIn afterRestart() {
        return new SignInService(
                new PasswordCheck(
                        world.accounts,
                        world.hasher,
                        world.failures,
                        world.transactions,
                        SignInThrottle.DEFAULT,
                        PasswordRules.DEFAULT,
                        world.changes,
                        world.clock),
                new SignInService.Ports(
                        world.accounts,
                        world.hasher,
                        world.sessions,
                        world.changes,
                        world.keys,
                        new PlainSealer(),
                        world.ids),
                world.acts,
                new TokenPolicyInForce(world.tokenPolicies, world.changes, SessionRules.DEFAULT),
                TokenRules.DEFAULT,
                world.clock);
    }

    private Account admin() {
        return world.accounts.find(new Username("admin")).orElseThrow();
    }

    @Test
    void cve_2021_26921_a_session_and_its_token_end_after_a_day_at_the_latest() {
        PlainToken token = world.sessionToken("admin");
        Instant begin = world.clock.instant();
        assertThat(world.caller(token).expiresAt().orElseThrow())
                .isAfter(begin)
                .isBeforeOrEqualTo(begin.plus(Duration.ofDays(1)));
        for (int hour = 0; hour < 23; hour++) {
            world.clock.advance(Duration.ofHours(1));
            world.caller(token);
        }
        world.clock.advance(Duration.ofMinutes(59));
        List<PlainToken> all = new ArrayList<>(List.of(token));
        world.signingIn.renew(world.caller(token)).ifPresent(all::add);

        world.clock.set(begin.plus(Duration.ofDays(1)));

        assertThat(all).allMatch(each -> world.rejection(each).equals(new Rejection.Expired()));
    }

    @Test
    void cve_2024_21652_a_restart_forgets_no_failed_sign_in() {
        for (int i = 0; i < 3; i++) signIn("admin", "wrong", HOME);
        SigningIn second = afterRestart();
        for (int i = 0; i < 2; i++) signIn(second, "admin", "wrong", HOME);

        assertThat(signIn(afterRestart(), "admin", World.PASSWORD, HOME)).isEqualTo(new Answer.BadCredentials());
        assertThat(world.lastEntry().reason()).isEqualTo("locked");
        world.clock.advance(SignInThrottle.DEFAULT.window());
        assertThat(signIn(afterRestart(), "admin", World.PASSWORD, HOME)).isInstanceOf(Answer.SignedIn.class);
    }

    @Test
    void cve_2024_21662_ten_thousand_made_up_names_push_out_no_counter() {
        world.account("neighbour", "login");
        for (int i = 0; i < 5; i++) signIn("admin", "wrong", HOME);

        // From many places, so that none of them is stopped before it is counted.
        for (int i = 0; i < 10_001; i++) signIn("made-up-" + i, "wrong", "198.51." + i / 250 + "." + i % 250);
        assertThat(world.failuresOf("made-up-10000", "198.51.40.0"))
                .as("each was counted")
                .isOne();

        assertThat(signIn("neighbour", World.PASSWORD, HOME))
                .as("the place is not full, so it is the counter of admin that refuses")
                .isInstanceOf(Answer.SignedIn.class);
        assertThat(signIn("admin", World.PASSWORD, HOME)).isEqualTo(new Answer.BadCredentials());
        assertThat(world.lastEntry().reason()).isEqualTo("locked");
    }

    @Test
    void cve_2024_21661_two_hundred_wrong_passwords_at_once_are_counted_each_for_its_own() {
        List<Callable<Answer>> guesses = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int who = i / 50;
            guesses.add(() -> signIn("name-" + who, "wrong", "198.51.100." + who));
        }

        Race<Answer> race = Race.between(guesses);

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).hasSize(200).containsOnly(new Answer.BadCredentials());
        List<AuditEntry> refused = world.entries(AuditAction.SESSION_REFUSED);
        assertThat(refused).hasSize(200);
        int counted = 0;
        for (int who = 0; who < 4; who++) counted += world.failuresOf("name-" + who, "198.51.100." + who);
        assertThat(counted)
                .as("those that came when their name was locked already are not counted, all others are")
                .isEqualTo((int) refused.stream()
                        .filter(each -> each.reason().equals("badCredentials"))
                        .count())
                .isGreaterThanOrEqualTo(4 * SignInThrottle.DEFAULT.most());
    }

    @Test
    void cve_2024_31989_a_row_planted_in_the_store_speaks_for_nobody_without_our_signature() {
        Session planted = Session.start(
                new SessionId("00000000-0000-4000-8000-00000000beef"),
                admin(),
                SessionRules.DEFAULT,
                World.origin(),
                world.clock.instant());
        world.sessions.insert(planted, "any");
        TokenClaims claims = planted.claims(TokenRules.DEFAULT.issuer(), SessionRules.DEFAULT);
        String genuine = world.keys.sign(claims).reveal();
        String unsigned = genuine.substring(0, genuine.lastIndexOf('.') + 1);
        String stranger = world.keys.forge("{}", "{}");

        assertThat(world.rejection(new PlainToken(planted.id().value()))).isInstanceOf(Rejection.Forged.class);
        assertThat(world.rejection(new PlainToken(unsigned))).isInstanceOf(Rejection.Forged.class);
        assertThat(world.rejection(new PlainToken(unsigned + stranger.substring(stranger.lastIndexOf('.') + 1))))
                .isEqualTo(new Rejection.Forged(TokenVerifier.Flaw.SIGNATURE));
        assertThat(world.caller(new PlainToken(genuine)).name())
                .as("nothing but the signature was missing")
                .isEqualTo("admin");
    }

    @Test
    void cve_2024_31989_a_row_rewritten_in_the_store_makes_no_token_another_s() {
        world.account("carol", "login");
        world.clock.advance(Duration.ofSeconds(1));
        PlainToken carols = world.sessionToken("carol");
        SessionId id = new SessionId(world.caller(carols).credential().orElseThrow());
        Session stored = world.sessions.find(id).orElseThrow();
        world.clock.advance(Duration.ofHours(24).plusSeconds(1));
        world.sessions.purge(world.clock.instant(), 1_000);
        world.verified.forget();
        world.clock.advance(Duration.ofHours(-24).minusSeconds(1));
        assertThat(world.rejection(carols)).isEqualTo(new Rejection.SessionEnded());

        world.sessions.insert(
                Session.start(id, admin(), SessionRules.DEFAULT, World.origin(), stored.startedAt()), "any");

        assertThat(world.rejection(carols)).isEqualTo(new Rejection.SessionEnded());
    }

    @Test
    void cve_2024_31989_what_is_remembered_of_a_token_helps_no_other_with_the_same_claims() {
        PlainToken genuine = world.sessionToken("admin");
        world.caller(genuine);
        assertThat(world.authenticating.recall(genuine, World.origin()))
                .as("it is remembered")
                .isPresent();

        String text = genuine.reveal();
        String stranger = world.keys.forge("{}", "{}");
        PlainToken forged = new PlainToken(
                text.substring(0, text.lastIndexOf('.')) + stranger.substring(stranger.lastIndexOf('.')));
        assertThat(world.authenticating.recall(forged, World.origin())).isEmpty();
        assertThat(world.rejection(forged)).isEqualTo(new Rejection.Forged(TokenVerifier.Flaw.SIGNATURE));
    }
}
