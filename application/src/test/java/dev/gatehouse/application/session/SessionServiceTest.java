package dev.gatehouse.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.application.World;
import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.application.access.ManagingPolicy;
import dev.gatehouse.application.session.ManagingSessions.EndAll;
import dev.gatehouse.application.session.ManagingSessions.Seen;
import dev.gatehouse.application.token.NewToken;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionRule;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.session.SessionRules.Beyond;
import dev.gatehouse.domain.session.SessionRules.Limit;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PlainToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionServiceTest {
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final PageRequest ALL = new PageRequest(1_000, Optional.empty());

    private final World world = new World(rules(Optional.empty()));

    private static SessionRules rules(Optional<Limit> limit) {
        return new SessionRules(Duration.ofHours(24), Optional.of(IDLE), Duration.ofHours(10), limit);
    }

    private static String idOf(Caller caller) {
        return caller.credential().orElseThrow();
    }

    private List<String> listed(Caller caller, Optional<String> subject) {
        return world.managingSessions.list(caller, subject, ALL).items().stream()
                .map(each -> each.session().name().value())
                .distinct()
                .sorted()
                .toList();
    }

    private Session.State state(String id) {
        return world.sessions.find(new SessionId(id)).orElseThrow().state();
    }

    private void allow(String... lines) {
        world.managingPolicy.replace(
                world.admin(),
                new ManagingPolicy.Draft(String.join("\n", lines), "", List.of("groups"), "glob", Optional.of(1)));
    }

    @Test
    void everybody_sees_and_ends_their_own_sessions_and_no_others() {
        world.account("alice", "login");
        world.account("bob", "login");
        Caller alice = world.signIn("alice");
        Caller bob = world.signIn("bob");

        assertThat(listed(alice, Optional.empty())).containsExactly("alice");
        assertThat(listed(alice, Optional.of("alice"))).containsExactly("alice");
        assertThat(world.managingSessions.find(alice, idOf(alice)).current()).isTrue();
        assertThatThrownBy(() -> listed(alice, Optional.of("bob"))).isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.managingSessions.find(alice, idOf(bob))).isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.managingSessions.end(alice, idOf(bob))).isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.managingSessions.endAll(alice, new EndAll("bob", false, false)))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThat(state(idOf(bob))).isEqualTo(new Session.State.Live());

        world.managingSessions.end(alice, idOf(alice));
        assertThat(state(idOf(alice)))
                .isEqualTo(new Session.State.Ended(world.clock.instant(), Session.Reason.REVOKED));
    }

    @Test
    void an_administrator_sees_all_and_a_token_of_the_account_counts_as_its_owner() {
        world.account("alice", "login", "apiKey");
        Caller alice = world.signIn("alice");
        Caller key = world.caller(world.managingAccountTokens
                .issue(alice, "alice", new NewToken(Optional.of("k"), "", 0))
                .secret());

        assertThat(listed(world.admin(), Optional.empty())).containsExactly("admin", "alice");
        assertThat(listed(key, Optional.empty())).containsExactly("alice");
        Seen seen = world.managingSessions.find(key, idOf(alice));
        assertThat(seen.current()).as("a token is no session").isFalse();
    }

    @Test
    void a_session_that_is_missing_looks_like_one_that_is_forbidden() {
        world.account("alice", "login");
        Caller alice = world.signIn("alice");
        String there = idOf(world.admin());

        for (String id : List.of(there, "not-there"))
            assertThatThrownBy(() -> world.managingSessions.find(alice, id))
                    .isInstanceOfSatisfying(
                            Refusal.Forbidden.class,
                            forbidden -> assertThat(forbidden.object()).isEqualTo(id));
        assertThatThrownBy(() -> world.managingSessions.find(world.admin(), "not-there"))
                .isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() -> listed(alice, Optional.of("not-there"))).isInstanceOf(Refusal.Forbidden.class);
        assertThat(listed(world.admin(), Optional.of("not-there"))).isEmpty();
    }

    @Test
    void rights_are_given_by_the_name_of_the_account() {
        world.account("helper", "login");
        world.account("bob", "login");
        world.account("carol", "login");
        allow("p, helper, sessions, get, b*, allow", "p, helper, sessions, delete, bob, allow");
        Caller helper = world.signIn("helper");
        Caller bob = world.signIn("bob");
        Caller carol = world.signIn("carol");

        assertThat(listed(helper, Optional.empty())).containsExactly("bob", "helper");
        world.managingSessions.end(helper, idOf(bob));
        assertThat(state(idOf(bob))).isInstanceOf(Session.State.Ended.class);
        assertThatThrownBy(() -> world.managingSessions.find(helper, idOf(carol)))
                .isInstanceOf(Refusal.Forbidden.class);
    }

    @Test
    void ending_a_session_holds_at_once_and_is_written_down_once() {
        PlainToken token = world.sessionToken("admin");
        Caller other = world.admin();
        String id = idOf(world.caller(token));

        world.managingSessions.end(other, id);
        world.managingSessions.end(other, id);

        assertThat(world.authenticating.recall(token, World.origin())).isEmpty();
        assertThat(world.rejection(token)).isEqualTo(new Rejection.SessionEnded());
        assertThat(world.entries(AuditAction.SESSION_ENDED)).hasSize(1);
        assertThat(world.entries(AuditAction.SESSION_ENDED).getFirst().target().name())
                .isEqualTo(id);
    }

    @Test
    void all_of_a_subject_end_but_the_callers_own_when_that_is_asked() {
        world.account("bob", "login");
        PlainToken first = world.sessionToken("bob");
        PlainToken second = world.sessionToken("bob");
        Caller bob = world.caller(world.sessionToken("bob"));
        EndAll rehearsal = new EndAll("bob", true, true);
        assertThat(world.managingSessions.endAll(bob, rehearsal)).isEqualTo(2);
        assertThat(world.caller(first).name()).isEqualTo("bob");

        assertThat(world.managingSessions.endAll(bob, new EndAll("bob", true, false)))
                .isEqualTo(2);

        assertThat(world.rejection(first)).isEqualTo(new Rejection.SessionEnded());
        assertThat(world.rejection(second)).isEqualTo(new Rejection.SessionEnded());
        assertThat(state(idOf(bob))).isEqualTo(new Session.State.Live());
        assertThat(world.managingSessions.endAll(world.admin(), new EndAll("bob", true, false)))
                .isEqualTo(1);
    }

    @Test
    void a_session_that_nobody_uses_ends_and_stays_ended() {
        PlainToken token = world.sessionToken("admin");
        String id = idOf(world.caller(token));

        world.clock.advance(IDLE.plus(WAIT));

        assertThat(world.authenticating.recall(token, World.origin())).isEmpty();
        assertThat(world.rejection(token)).isEqualTo(new Rejection.Expired());
        assertThat(world.rejection(token)).as("being refused is no use").isEqualTo(new Rejection.Expired());
        world.tidyingSessions.tidyUp();
        assertThat(state(id)).isEqualTo(new Session.State.Ended(world.clock.instant(), Session.Reason.IDLE));
        assertThat(world.rejection(token)).isEqualTo(new Rejection.Expired());
    }

    @Test
    void a_session_in_use_never_ends_for_idleness_whether_or_not_its_uses_are_written_down() {
        for (boolean written : new boolean[] {true, false}) {
            PlainToken token = world.sessionToken("admin");
            for (int i = 0; i < 5; i++) {
                world.clock.advance(IDLE.minusSeconds(1));
                if (world.authenticating.recall(token, World.origin()).isEmpty()) world.caller(token);
                if (written) world.lastUses.write();
                world.tidyingSessions.tidyUp();
            }
            if (!written) world.lastUses.write();
        }
    }

    @Test
    void a_use_that_another_process_has_not_written_down_yet_keeps_the_session() {
        PlainToken token = world.sessionToken("admin");
        String id = idOf(world.caller(token));
        world.lastUses.write();
        Instant signedIn = world.clock.instant();
        world.clock.advance(IDLE.minusSeconds(1));
        Instant usedElsewhere = world.clock.instant();

        world.clock.advance(WAIT);
        world.tidyingSessions.tidyUp();
        assertThat(state(id)).isEqualTo(new Session.State.Live());
        world.sessions.used(java.util.Map.of(
                new SessionId(id), new dev.gatehouse.domain.token.LastUse(usedElsewhere, "192.0.2.1", "")));
        world.clock.advance(WAIT);

        assertThat(world.caller(token).name()).isEqualTo("admin");
        assertThat(world.clock.instant()).isAfter(signedIn.plus(IDLE));
    }

    @Test
    void idle_sessions_are_not_listed() {
        world.account("bob", "login");
        world.signIn("bob");
        world.clock.advance(IDLE.plus(WAIT));

        assertThat(listed(world.admin(), Optional.of("bob"))).isEmpty();
    }

    @Test
    void the_oldest_session_gives_way_and_that_is_written_down() {
        World small = new World(rules(Optional.of(new Limit(2, Beyond.END_OLDEST))));
        PlainToken first = small.sessionToken("admin");
        small.clock.advance(Duration.ofSeconds(1));
        PlainToken second = small.sessionToken("admin");
        small.clock.advance(Duration.ofSeconds(1));
        small.caller(first);

        PlainToken third = small.sessionToken("admin");

        assertThat(small.authenticating.recall(first, World.origin())).isEmpty();
        assertThat(small.rejection(first)).isEqualTo(new Rejection.SessionEnded());
        assertThat(small.caller(second).name()).isEqualTo("admin");
        assertThat(small.caller(third).name()).isEqualTo("admin");
        assertThat(small.entries(AuditAction.SESSION_ENDED)).hasSize(1);
    }

    @Test
    void where_nothing_gives_way_the_sign_in_is_refused_until_a_session_ends() {
        World small = new World(rules(Optional.of(new Limit(2, Beyond.REFUSE))));
        Caller first = small.admin();
        Caller second = small.admin();

        assertThatThrownBy(small::admin)
                .isInstanceOfSatisfying(
                        Refusal.Unmet.class,
                        unmet -> assertThat(unmet.fault().rule()).isEqualTo(SessionRule.TOO_MANY));
        assertThat(small.lastEntry().action()).isEqualTo(AuditAction.SESSION_CREATED);
        assertThat(small.lastEntry().reason()).isEqualTo("unmet:TOO_MANY");

        small.managingSessions.end(second, idOf(first));
        assertThat(small.admin().name()).isEqualTo("admin");
    }

    @Test
    void a_token_is_renewed_in_its_last_five_minutes_and_never_past_the_end_of_its_session() {
        PlainToken token = world.sessionToken("admin");
        Duration sinceTheSecondOfIat = Duration.ofNanos(world.clock.instant().getNano());
        Caller caller = used(token, Duration.ofHours(10).minusMinutes(5).minus(sinceTheSecondOfIat));
        assertThat(world.signingIn.renew(caller)).as("five minutes are left").isEmpty();

        caller = used(token, Duration.ofNanos(1_000));
        world.sessions.signed(new SessionId(idOf(caller)), "the key before");
        PlainToken second = world.signingIn.renew(caller).orElseThrow();
        assertThat(idOf(world.caller(second))).isEqualTo(idOf(caller));
        assertThat(world.sessions.endSignedBy("the key before", world.clock.instant(), Session.Reason.REVOKED))
                .as("another key signed the latest token")
                .isZero();
        assertThat(world.caller(token).name())
                .as("the one before counts to its end")
                .isEqualTo("admin");

        caller = used(second, Duration.ofHours(10).minusMinutes(4));
        PlainToken third = world.signingIn.renew(caller).orElseThrow();
        Session session = world.sessions.find(new SessionId(idOf(caller))).orElseThrow();
        caller = world.caller(third);
        assertThat(caller.expiresAt()).contains(session.endsAt());

        Duration left = Duration.between(world.clock.instant(), session.endsAt());
        caller = used(third, left.minusSeconds(1));
        assertThat(world.signingIn.renew(caller)).as("the session itself ends").isEmpty();
        world.clock.advance(Duration.ofSeconds(1));
        for (PlainToken each : List.of(token, second, third))
            assertThat(world.rejection(each)).isEqualTo(new Rejection.Expired());
    }

    /** Somebody who uses it so often that it does not end before. */
    private Caller used(PlainToken token, Duration length) {
        Duration left = length;
        while (left.compareTo(IDLE.dividedBy(2)) > 0) {
            world.clock.advance(IDLE.dividedBy(2));
            world.caller(token);
            left = left.minus(IDLE.dividedBy(2));
        }
        world.clock.advance(left);
        return world.caller(token);
    }

    @Test
    void ending_a_session_ends_every_token_of_it() {
        PlainToken token = world.sessionToken("admin");
        Caller caller = used(token, Duration.ofHours(10).minusSeconds(1));
        PlainToken next = world.signingIn.renew(caller).orElseThrow();

        world.signingIn.signOut(world.caller(next));

        assertThat(world.rejection(token)).isEqualTo(new Rejection.SessionEnded());
        assertThat(world.rejection(next)).isEqualTo(new Rejection.SessionEnded());
        assertThat(world.signingIn.renew(caller)).isEmpty();
    }

    @Test
    void each_token_of_a_session_is_told_by_its_own_id() {
        PlainToken token = world.sessionToken("admin");
        Caller caller = used(token, Duration.ofHours(10).minusSeconds(1));
        PlainToken next = world.signingIn.renew(caller).orElseThrow();

        // The second time from memory.
        for (int i = 0; i < 2; i++) {
            assertThat(jtiOf(token)).isEqualTo(idOf(caller));
            assertThat(jtiOf(next)).startsWith(idOf(caller) + ".");
        }
    }

    private String jtiOf(PlainToken token) {
        return world.authenticating.inspect(token, World.origin()).orElseThrow().jti();
    }

    @Test
    void only_sessions_are_renewed() {
        world.account("alice", "login", "apiKey");
        Caller key = world.caller(world.managingAccountTokens
                .issue(world.signIn("alice"), "alice", new NewToken(Optional.of("k"), "", 60))
                .secret());

        assertThat(world.signingIn.isNearEnd(key)).isFalse();
        assertThat(world.signingIn.renew(key)).isEmpty();
    }

    @Test
    void what_ended_a_week_ago_is_forgotten_and_its_token_still_does_not_count() {
        world.account("alice", "login");
        PlainToken token = world.sessionToken("alice");
        Caller alice = world.caller(token);
        world.managingSessions.end(alice, idOf(alice));

        world.clock.advance(SessionRules.KEPT_AFTER_END);
        world.tidyingSessions.tidyUp();
        assertThat(world.sessions.find(new SessionId(idOf(alice)))).isPresent();
        world.clock.advance(Duration.ofSeconds(1));
        world.tidyingSessions.tidyUp();

        assertThat(world.sessions.find(new SessionId(idOf(alice)))).isEmpty();
        assertThat(world.rejection(token)).isEqualTo(new Rejection.Expired());
    }

    @Test
    void a_password_is_still_known_to_have_changed_when_the_session_is_forgotten() {
        World years = new World(
                new SessionRules(Duration.ofDays(300), Optional.empty(), Duration.ofDays(300), Optional.empty()));
        years.account("alice", "login");
        PlainToken token = years.sessionToken("alice");
        years.clock.advance(Duration.ofSeconds(1));
        years.managingAccounts.changePassword(
                years.caller(token),
                new dev.gatehouse.application.account.ManagingAccounts.PasswordChange(
                        "", new PlainPassword(World.PASSWORD), new PlainPassword("another long one")));
        assertThat(years.rejection(token)).isEqualTo(new Rejection.PasswordChanged());

        years.clock.advance(SessionRules.KEPT_AFTER_END.plusSeconds(1));
        years.tidyingSessions.tidyUp();

        assertThat(years.rejection(token)).isEqualTo(new Rejection.PasswordChanged());
    }
}
