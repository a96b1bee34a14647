package dev.gatehouse.application.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.adapters.testkit.token.InMemoryVerifiedTokens;
import dev.gatehouse.application.World;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.application.access.AuthenticationService;
import dev.gatehouse.application.access.LastUses;
import dev.gatehouse.application.access.TokenPolicyInForce;
import dev.gatehouse.application.token.ManagingTokenPolicy;
import dev.gatehouse.application.token.ManagingTokenPolicy.Outcome;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.SessionPolicy;
import dev.gatehouse.domain.token.TokenRule;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the policy on tokens says of sessions. */
class SessionPolicyTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final PageRequest ALL = new PageRequest(PageRequest.MOST, Optional.empty());

    private final World world = new World();

    SessionPolicyTest() {
        world.account("alice", "login");
    }

    private static SessionPolicy absolute(Duration length) {
        return new SessionPolicy(Optional.empty(), Optional.of(length), Optional.empty(), Optional.empty());
    }

    private static SessionPolicy idle(Duration length) {
        return new SessionPolicy(Optional.of(length), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static SessionPolicy most(int sessions) {
        return new SessionPolicy(Optional.empty(), Optional.empty(), Optional.of(sessions), Optional.empty());
    }

    private Outcome replace(SessionPolicy session, boolean dryRun) {
        Caller admin = world.admin();
        int version = world.managingTokenPolicy.read(admin, Optional.empty()).version();
        return world.managingTokenPolicy.replace(
                admin,
                Optional.empty(),
                new ManagingTokenPolicy.Draft(KindPolicy.LENIENT, KindPolicy.LENIENT, session, Optional.of(version)),
                dryRun);
    }

    private String idOf(PlainToken token) {
        return world.caller(token).credential().orElseThrow();
    }

    private List<String> listed() {
        return world.managingSessions.list(world.admin(), Optional.of("alice"), ALL).items().stream()
                .map(each -> each.session().id().value())
                .toList();
    }

    @Test
    void what_the_policy_does_not_say_is_as_set_and_what_it_says_wins() {
        assertThat(inForce())
                .isEqualTo(new SessionPolicy(
                        Optional.of(Duration.ofHours(8)),
                        Optional.of(Duration.ofHours(24)),
                        Optional.of(100),
                        Optional.empty()));

        SessionPolicy told =
                replace(absolute(Duration.ofDays(3)), false).policy().session();

        assertThat(told).isEqualTo(inForce());
        assertThat(told.absolute()).contains(Duration.ofDays(3));
        assertThat(told.idle()).contains(Duration.ofHours(8));
        replace(SessionPolicy.SILENT, false);
        assertThat(inForce().absolute()).contains(Duration.ofHours(24));
    }

    private SessionPolicy inForce() {
        return world.managingTokenPolicy.read(world.admin(), Optional.empty()).session();
    }

    @Test
    void a_shorter_life_ends_what_is_past_it_at_once_and_everybody_agrees() {
        PlainToken old = world.sessionToken("alice");
        String id = idOf(old);
        world.clock.advance(HOUR);
        PlainToken young = world.sessionToken("alice");
        String youngId = idOf(young);
        assertThat(world.authenticating.recall(old, World.origin())).isPresent();

        Outcome rehearsed = replace(absolute(HOUR), true);
        // The other one is the administrator's who made the account.
        assertThat(rehearsed.ends().sessions()).isEqualTo(2);
        assertThat(rehearsed.ends().firstSessions())
                .extracting(each -> each.name().value())
                .containsExactlyInAnyOrder("alice", "admin");
        assertThat(world.caller(old).name()).isEqualTo("alice");

        Outcome done = replace(absolute(HOUR), false);

        assertThat(done.ends()).isEqualTo(rehearsed.ends());
        assertThat(world.authenticating.recall(old, World.origin())).isEmpty();
        assertThat(world.rejection(old)).isEqualTo(new Rejection.SessionEnded());
        assertThat(world.sessions.find(new SessionId(id)).orElseThrow().state())
                .isEqualTo(new Session.State.Ended(world.clock.instant(), Session.Reason.REVOKED));
        assertThat(listed()).containsExactly(youngId);
        assertThat(world.caller(young).name()).isEqualTo("alice");
        assertThat(world.managingSessions.find(world.admin(), youngId).endsAt())
                .isEqualTo(world.clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(HOUR));
        assertThat(world.entries(AuditAction.POLICY_CHANGED).getFirst().changes())
                .anySatisfy(
                        each -> assertThat(each.field() + " " + each.after()).isEqualTo("sessions 2 ended"));
    }

    @Test
    void a_session_that_comes_past_a_shorter_life_later_ends_there_before_and_after_that_is_written_down() {
        PlainToken token = world.sessionToken("alice");
        String id = idOf(token);
        replace(absolute(HOUR), false);
        world.caller(token);
        assertThat(world.authenticating.recall(token, World.origin())).isPresent();

        world.clock.advance(HOUR);

        assertThat(world.authenticating.recall(token, World.origin())).isEmpty();
        assertThat(world.rejection(token)).isEqualTo(new Rejection.SessionEnded());
        assertThat(listed()).isEmpty();
        assertThat(world.managingSessions.find(world.admin(), id).idleEndsAt()).isEmpty();
        world.tidyingSessions.tidyUp();
        assertThat(world.rejection(token)).isEqualTo(new Rejection.SessionEnded());

        replace(absolute(Duration.ofDays(1)), false);
        assertThat(world.rejection(token)).as("nothing comes back").isEqualTo(new Rejection.SessionEnded());
    }

    @Test
    void what_is_over_does_not_come_back_with_a_milder_policy_written_down_or_not() {
        replace(idle(HOUR), false);
        PlainToken idle = world.sessionToken("alice");
        idOf(idle);
        world.clock.advance(HOUR.plus(LastUses.LONGEST_WAIT));

        replace(idle(Duration.ofHours(5)), false);

        assertThat(world.rejection(idle)).isEqualTo(new Rejection.Expired());
    }

    @Test
    void a_shorter_time_without_use_ends_what_nobody_used_and_spares_what_somebody_did() {
        PlainToken unused = world.sessionToken("alice");
        PlainToken used = world.sessionToken("alice");
        world.clock.advance(HOUR);
        world.caller(used);
        world.clock.advance(LastUses.LONGEST_WAIT);

        assertThat(replace(idle(HOUR), true).ends().sessions()).isEqualTo(2);
        assertThat(replace(idle(HOUR), false).ends().sessions()).isEqualTo(2);

        assertThat(world.rejection(unused)).isEqualTo(new Rejection.Expired());
        assertThat(world.caller(used).name()).isEqualTo("alice");
    }

    @Test
    void zero_takes_the_end_without_use_away() {
        replace(idle(Duration.ZERO), false);
        PlainToken token = world.sessionToken("alice");

        world.clock.advance(Duration.ofHours(23));
        world.tidyingSessions.tidyUp();

        assertThat(world.caller(token).name()).isEqualTo("alice");
        assertThat(inForce().idle()).contains(Duration.ZERO);
    }

    @Test
    void a_longer_life_is_for_those_who_sign_in_from_then_on() {
        PlainToken before = world.sessionToken("alice");
        replace(
                new SessionPolicy(
                        Optional.of(Duration.ZERO),
                        Optional.of(Duration.ofDays(3)),
                        Optional.empty(),
                        Optional.empty()),
                false);
        PlainToken after = world.sessionToken("alice");

        world.clock.advance(Duration.ofHours(23).plusMinutes(59));
        PlainToken renewed = world.signingIn.renew(world.caller(after)).orElseThrow();
        world.clock.advance(HOUR);

        assertThat(world.rejection(before)).isEqualTo(new Rejection.Expired());
        assertThat(world.caller(renewed).name()).isEqualTo("alice");
    }

    @Test
    void fewer_sessions_hold_from_the_next_sign_in_on() {
        PlainToken first = world.sessionToken("alice");
        world.clock.advance(Duration.ofSeconds(1));
        PlainToken second = world.sessionToken("alice");
        world.clock.advance(Duration.ofSeconds(1));

        assertThat(replace(most(1), false).ends().sessions()).isZero();
        assertThat(world.caller(first).name()).isEqualTo("alice");
        PlainToken third = world.sessionToken("alice");

        assertThat(world.rejection(first)).isEqualTo(new Rejection.SessionEnded());
        assertThat(world.rejection(second)).isEqualTo(new Rejection.SessionEnded());
        assertThat(world.caller(third).name()).isEqualTo("alice");
        replace(most(0), false);
        for (int i = 0; i < 3; i++) world.sessionToken("alice");
        assertThat(world.caller(third).name()).isEqualTo("alice");
    }

    @Test
    void another_process_goes_by_the_policy_as_soon_as_it_knows_of_the_change() {
        PlainToken token = world.sessionToken("alice");
        Authenticating other = new AuthenticationService(
                new AuthenticationService.Ports(
                        new InMemoryVerifiedTokens(),
                        world.changes.inAnotherProcess(),
                        world.keys,
                        world.accounts,
                        world.sessions,
                        world.tokens,
                        world.projects),
                new LastUses(world.sessions, world.tokens, world.clock),
                new TokenPolicyInForce(world.tokenPolicies, world.changes.inAnotherProcess(), SessionRules.DEFAULT),
                world.acts,
                world.unjudged::add,
                world.tokenRules,
                world.clock);
        other.authenticate(token, World.origin());
        assertThat(other.recall(token, World.origin())).isPresent();

        replace(absolute(HOUR), false);
        other.authenticate(token, World.origin());
        world.clock.advance(HOUR);

        assertThat(other.recall(token, World.origin())).isEmpty();
        assertThat(other.authenticate(token, World.origin()))
                .isEqualTo(new Authenticating.Answer.Rejected(new Rejection.SessionEnded()));
    }

    @Test
    void a_project_says_nothing_of_sessions() {
        world.project("demo");

        assertThatExceptionOfType(Refusal.Invalid.class)
                .isThrownBy(() -> world.managingTokenPolicy.replace(
                        world.admin(),
                        Optional.of("demo"),
                        new ManagingTokenPolicy.Draft(
                                KindPolicy.LENIENT, KindPolicy.LENIENT, absolute(HOUR), Optional.of(0)),
                        false))
                .satisfies(each ->
                        assertThat(each.faults()).containsExactly(new Fault("session", TokenRule.POLICY_OF_PROJECT)));
        assertThat(world.managingTokenPolicy
                        .read(world.admin(), Optional.of("demo"))
                        .session())
                .isEqualTo(SessionPolicy.SILENT);
    }

    @Test
    void numbers_out_of_range_are_named() {
        SessionPolicy wrong = new SessionPolicy(
                Optional.of(Duration.ofSeconds(59)),
                Optional.of(Duration.ZERO),
                Optional.of(-1),
                Optional.of(Duration.ofDays(366)));

        assertThatExceptionOfType(Refusal.Invalid.class)
                .isThrownBy(() -> replace(wrong, true))
                .satisfies(each -> assertThat(each.faults())
                        .extracting(Fault::field)
                        .containsExactly(
                                "session.idleSeconds",
                                "session.absoluteSeconds",
                                "session.maxPerAccount",
                                "session.reauthenticateSeconds"));
    }
}
