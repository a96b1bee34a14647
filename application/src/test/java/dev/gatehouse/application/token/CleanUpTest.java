package dev.gatehouse.application.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.application.World;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.CleanUp;
import dev.gatehouse.domain.token.CleanUpOrder;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.VerifiedTokens;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CleanUpTest {
    private static final String CI = "proj:demo:ci";
    private static final Duration DAY = Duration.ofDays(1);

    private final World world = new World();

    CleanUpTest() {
        world.account("alice", "login", "apiKey");
        world.project("demo");
        world.project("other");
    }

    private IssuedToken issue(String subject, String id, long seconds) {
        return world.managingTokens.issue(
                world.admin(),
                subject,
                new NewToken(
                        Optional.of(id),
                        "",
                        Optional.of(seconds),
                        Optional.empty(),
                        NewToken.Restricted.NOT,
                        Optional.empty()));
    }

    private IssuedToken rotate(String id, String next) {
        return world.managingTokens
                .rotate(
                        world.admin(),
                        id,
                        new Rotation(0, true, Optional.empty(), Optional.of(next), Optional.empty(), Optional.empty()))
                .issued();
    }

    private static CleanUpOrder ended(Duration length) {
        return order(Optional.of(length), Optional.empty(), Optional.empty());
    }

    private static CleanUpOrder unused(Duration length) {
        return order(Optional.empty(), Optional.of(length), Optional.empty());
    }

    private static CleanUpOrder neverUsed(Duration length) {
        return order(Optional.empty(), Optional.empty(), Optional.of(length));
    }

    private static CleanUpOrder order(
            Optional<Duration> ended, Optional<Duration> unused, Optional<Duration> neverUsed) {
        return new CleanUpOrder(Optional.empty(), Set.of(), ended, unused, neverUsed);
    }

    private static CleanUpOrder within(String project, CleanUpOrder order) {
        return new CleanUpOrder(
                Optional.of(new ProjectName(project)),
                Set.of(),
                order.endedFor(),
                order.unusedFor(),
                order.neverUsedFor());
    }

    private CleanUp run(CleanUpOrder order) {
        return world.cleaningUpTokens.start(world.admin(), order, false, Optional.empty());
    }

    private static List<String> ids(CleanUp run) {
        return run.progress().items().stream().map(each -> each.id().value()).toList();
    }

    private Optional<ApiToken> find(String id) {
        return world.tokens.find(new TokenId(id));
    }

    @Test
    void what_ended_long_ago_is_removed_and_is_refused_as_before() {
        IssuedToken expired = issue(CI, "expired", 60);
        IssuedToken revoked = issue("alice", "revoked", 0);
        IssuedToken living = issue("alice", "living", 0);
        world.managingTokens.revoke(world.admin(), "revoked", "");
        world.clock.advance(Duration.ofMinutes(1).plus(DAY));
        IssuedToken young = issue(CI, "young", 60);
        world.clock.advance(Duration.ofMinutes(2));
        Rejection before = world.rejection(revoked.secret());

        CleanUp done = run(ended(DAY));

        assertThat(done.state()).isInstanceOf(CleanUp.State.Done.class);
        assertThat(ids(done)).containsExactly("expired", "revoked");
        assertThat(done.progress().removed()).isEqualTo(2);
        assertThat(done.progress().revoked()).isZero();
        assertThat(done.progress().examined()).isEqualTo(4);
        assertThat(find("expired")).isEmpty();
        assertThat(find("revoked")).isEmpty();
        assertThat(find("young")).isPresent();
        assertThat(world.caller(living.secret()).name()).isEqualTo("alice");
        assertThat(world.rejection(revoked.secret())).isEqualTo(before);
        assertThat(world.rejection(expired.secret())).isInstanceOf(Rejection.Expired.class);
        assertThat(world.rejection(young.secret())).isInstanceOf(Rejection.Expired.class);
        assertThatExceptionOfType(Refusal.Conflict.class).isThrownBy(() -> issue("alice", "revoked", 0));
    }

    @Test
    void exactly_at_the_length_of_time_nothing_is_done_yet() {
        issue(CI, "edge", 60);
        world.clock.set(find("edge").orElseThrow().expiresAt().orElseThrow().plus(DAY));

        assertThat(ids(run(ended(DAY)))).isEmpty();
        world.clock.advance(Duration.ofNanos(1_000));
        assertThat(ids(run(ended(DAY)))).containsExactly("edge");
    }

    @Test
    void what_came_of_one_by_rotation_goes_as_a_whole_or_not_at_all() {
        IssuedToken first = issue(CI, "first", 0);
        world.caller(first.secret());
        IssuedToken second = rotate("first", "second");
        world.clock.advance(DAY.multipliedBy(3));

        assertThat(ids(run(ended(DAY)))).isEmpty();
        assertThat(world.rejection(first.secret())).isInstanceOf(Rejection.ProjectTokenGone.class);
        assertThat(find("second").orElseThrow().isRevoked()).isTrue();
        assertThat(world.entries(AuditAction.TOKEN_REUSED)).hasSize(1);

        world.clock.advance(DAY.plusSeconds(1));
        CleanUp rehearsed = world.cleaningUpTokens.start(world.admin(), ended(DAY), true, Optional.empty());
        CleanUp done = run(ended(DAY));

        assertThat(ids(done)).containsExactlyInAnyOrder("first", "second");
        assertThat(done.progress().removed()).isEqualTo(2);
        assertThat(done.progress().examined())
                .isEqualTo(rehearsed.progress().examined())
                .isEqualTo(2);
        assertThat(ids(rehearsed)).containsExactlyInAnyOrderElementsOf(ids(done));
        assertThat(world.rejection(second.secret())).isInstanceOf(Rejection.ProjectTokenGone.class);
    }

    @Test
    void what_counts_and_is_not_used_is_revoked_at_once_and_written_down() {
        IssuedToken idle = issue(CI, "idle", 0);
        IssuedToken busy = issue(CI, "busy", 0);
        world.caller(idle.secret());
        world.clock.advance(DAY);
        world.caller(busy.secret());
        world.clock.advance(CleanUpOrder.SETTLING.plusSeconds(1));

        CleanUp done = run(unused(DAY));

        assertThat(ids(done)).containsExactly("idle");
        assertThat(done.progress().revoked()).isEqualTo(1);
        assertThat(find("idle").orElseThrow().state()).isInstanceOfSatisfying(ApiToken.State.Revoked.class, each -> {
            assertThat(each.by()).isEqualTo("admin");
            assertThat(each.reason()).isEqualTo("clean-up " + done.id() + ": unused");
        });
        assertThat(world.authenticating.recall(idle.secret(), World.origin())).isEmpty();
        assertThat(world.rejection(idle.secret())).isInstanceOf(Rejection.ProjectTokenGone.class);
        assertThat(world.caller(busy.secret()).name()).isEqualTo(CI);
        assertThat(world.entries(AuditAction.TOKEN_REVOKED))
                .singleElement()
                .satisfies(each -> assertThat(each.target().name()).isEqualTo("ci/idle"));
        assertThat(world.entries(AuditAction.CLEAN_UP_STARTED)).hasSize(1);
    }

    @Test
    void a_token_that_is_used_again_after_a_long_pause_is_no_longer_unused_to_any_process() {
        IssuedToken token = issue(CI, "yearly", 0);
        world.caller(token.secret());
        world.clock.advance(DAY.multipliedBy(365));

        // What the process that it is used at has in mind, and not written down, does not count.
        world.caller(token.secret());

        assertThat(ids(run(unused(DAY)))).isEmpty();
    }

    @Test
    void a_remembered_token_is_looked_at_again_in_time_for_a_pause_to_be_noticed() {
        IssuedToken token = issue(CI, "remembered", 0);
        world.caller(token.secret());
        Duration justBefore = VerifiedTokens.LOOKED_AT_AGAIN.minusSeconds(1);
        world.clock.advance(justBefore);
        assertThat(world.authenticating.recall(token.secret(), World.origin())).isPresent();

        world.clock.advance(Duration.ofSeconds(1));
        assertThat(world.authenticating.recall(token.secret(), World.origin())).isEmpty();
        world.caller(token.secret());

        assertThat(world.tokens.find(token.token().id()).orElseThrow().lastUse())
                .isPresent();
    }

    @Test
    void a_token_that_is_shown_while_it_is_ended_as_unused_is_used_or_ended_and_never_both() {
        for (int round = 0; round < 20; round++) {
            IssuedToken token = issue(CI, "late-" + round, 0);
            world.caller(token.secret());
            world.clock.advance(DAY.multipliedBy(2));

            Race<Boolean> race = Race.between(List.of(
                    () -> world.authenticating.authenticate(token.secret(), World.origin())
                            instanceof Authenticating.Answer.Authenticated,
                    () -> run(unused(DAY)).isRunning()));

            assertThat(race.thrown()).isEmpty();
            boolean ended = world.tokens.find(token.token().id()).orElseThrow().isRevoked();
            assertThat(race.returned().getFirst()).isEqualTo(!ended);
        }
    }

    @Test
    void a_use_that_is_nowhere_written_down_is_allowed_for() {
        IssuedToken token = issue(CI, "elsewhere", 0);
        world.caller(token.secret());
        world.lastUses.write();
        world.clock.advance(DAY.plus(CleanUpOrder.SETTLING));

        assertThat(ids(run(unused(DAY)))).isEmpty();
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(ids(run(unused(DAY)))).containsExactly("elsewhere");
    }

    @Test
    void what_was_never_used_is_revoked_and_what_was_is_not() {
        issue("alice", "forgotten", 0);
        IssuedToken used = issue("alice", "used", 0);
        world.caller(used.secret());
        world.clock.advance(DAY.plusSeconds(1));
        issue("alice", "fresh", 0);

        assertThat(ids(run(neverUsed(DAY)))).containsExactly("forgotten");
        assertThat(ids(run(neverUsed(DAY)))).isEmpty();
    }

    @Test
    void a_rehearsal_tells_the_same_and_does_nothing() {
        issue(CI, "gone", 60);
        issue(CI, "forgotten", 0);
        world.clock.advance(DAY.multipliedBy(2));
        CleanUpOrder order = order(Optional.of(DAY), Optional.empty(), Optional.of(DAY));

        CleanUp told = world.cleaningUpTokens.start(world.admin(), order, true, Optional.empty());

        assertThat(find("gone")).isPresent();
        assertThat(find("forgotten").orElseThrow().isRevoked()).isFalse();
        assertThat(world.entries(AuditAction.TOKEN_REVOKED)).isEmpty();
        CleanUp done = run(order);
        assertThat(told.progress()).isEqualTo(done.progress());
        assertThat(told.progress().removed()).isEqualTo(1);
        assertThat(told.progress().revoked()).isEqualTo(1);
    }

    @Test
    void it_reaches_only_the_project_and_the_kinds_that_it_names() {
        issue(CI, "in-demo", 60);
        issue("proj:other:ci", "in-other", 60);
        issue("alice", "of-alice", 60);
        world.clock.advance(DAY.multipliedBy(2));

        assertThat(ids(run(within("demo", ended(DAY))))).containsExactly("in-demo");
        assertThat(ids(run(new CleanUpOrder(
                        Optional.empty(),
                        Set.of(TokenFilter.Kind.ACCOUNT),
                        Optional.of(DAY),
                        Optional.empty(),
                        Optional.empty()))))
                .containsExactly("of-alice");
    }

    @Test
    void an_order_that_fits_nothing_is_refused_with_the_names_of_its_members() {
        for (CleanUpOrder each : List.of(
                order(Optional.empty(), Optional.empty(), Optional.empty()),
                ended(Duration.ofSeconds(-1)),
                ended(Duration.ofDays(40_000)),
                unused(Duration.ofSeconds(119)),
                neverUsed(Duration.ofSeconds(119))))
            assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> run(each));
        assertThatExceptionOfType(Refusal.Invalid.class)
                .isThrownBy(() -> run(new CleanUpOrder(
                        Optional.of(new ProjectName("demo")),
                        Set.of(TokenFilter.Kind.ACCOUNT),
                        Optional.of(DAY),
                        Optional.empty(),
                        Optional.empty())))
                .satisfies(
                        each -> assertThat(each.faults().getFirst().rule()).isEqualTo(TokenRule.CLEAN_UP_OF_ACCOUNTS));
    }

    @Test
    void who_may_not_end_all_that_it_reaches_learns_nothing_and_ends_nothing() {
        issue("alice", "of-alice", 60);
        world.clock.advance(DAY.multipliedBy(2));
        Caller alice = world.signIn("alice");

        for (CleanUpOrder each : List.of(ended(DAY), within("demo", ended(DAY)), within("nowhere", ended(DAY))))
            assertThatExceptionOfType(Refusal.Forbidden.class)
                    .isThrownBy(() -> world.cleaningUpTokens.start(alice, each, false, Optional.empty()));
        assertThatExceptionOfType(Refusal.NotFound.class).isThrownBy(() -> run(within("nowhere", ended(DAY))));
        assertThat(find("of-alice")).isPresent();
    }

    @Test
    void a_report_is_for_who_asked_and_for_who_might() {
        CleanUp done = run(ended(DAY));
        Caller alice = world.signIn("alice");

        assertThat(world.cleaningUpTokens.get(world.admin(), done.id().value())).isEqualTo(done);
        assertThatExceptionOfType(Refusal.Forbidden.class)
                .isThrownBy(() -> world.cleaningUpTokens.get(alice, done.id().value()));
        assertThatExceptionOfType(Refusal.Forbidden.class)
                .isThrownBy(() -> world.cleaningUpTokens.get(alice, "nothing"));
        assertThatExceptionOfType(Refusal.NotFound.class)
                .isThrownBy(() -> world.cleaningUpTokens.get(world.admin(), "nothing"));
        assertThatExceptionOfType(Refusal.NotFound.class)
                .isThrownBy(() -> world.cleaningUpTokens.get(world.admin(), "no/such"));
    }

    private CleanUpService process(TidyingTokens.Schedule schedule) {
        return world.cleanUpService(schedule, new CleanUpService.Pace(2, 1));
    }

    private CleanUpService process() {
        return process(TidyingTokens.Schedule.NEVER);
    }

    private void fiveThatEnded() {
        for (int i = 0; i < 5; i++) issue(CI, "ended-" + i, 60);
        world.clock.advance(DAY.multipliedBy(2));
    }

    private CleanUp read(CleanUp run) {
        return world.cleanUps.find(run.id()).orElseThrow();
    }

    private static Origin itself() {
        return Origin.itself("request-2");
    }

    @Test
    void the_same_request_again_begins_no_other_run_and_is_told_how_far_that_one_got() {
        fiveThatEnded();
        Optional<Repetition> once = Optional.of(new Repetition("k-1", "as asked"));
        CleanUpService process = process();
        CleanUp begun = process.start(world.admin(), ended(DAY), true, once);
        assertThat(begun.isRunning()).isTrue();

        process.tidyUp(itself());
        CleanUp again = world.cleaningUpTokens.start(world.admin(), ended(DAY), true, once);

        assertThat(again.id()).isEqualTo(begun.id());
        assertThat(again.isRunning()).isFalse();
        assertThat(world.entries(AuditAction.CLEAN_UP_STARTED)).hasSize(1);
        assertThatExceptionOfType(Refusal.Unmet.class)
                .isThrownBy(() -> world.cleaningUpTokens.start(
                        world.admin(), ended(DAY), true, Optional.of(new Repetition("k-1", "something else"))));
    }

    @Test
    void a_large_run_goes_on_when_its_beginner_has_answered() {
        fiveThatEnded();

        CleanUp begun = process().start(world.admin(), ended(DAY), false, Optional.empty());

        assertThat(begun.isRunning()).isTrue();
        assertThat(begun.progress().examined()).isEqualTo(2);
        assertThat(begun.progress().total()).isEqualTo(5);
        process().tidyUp(itself());
        CleanUp done = read(begun);
        assertThat(done.state()).isInstanceOf(CleanUp.State.Done.class);
        assertThat(done.progress().removed()).isEqualTo(5);
        assertThat(done.progress().examined()).isEqualTo(5);
        assertThat(ids(done)).containsExactly("ended-0", "ended-1", "ended-2", "ended-3", "ended-4");
        assertThat(world.entries(AuditAction.TOKEN_REMOVED)).hasSize(3).allSatisfy(each -> {
            assertThat(each.actor().subject()).isEqualTo("admin");
            assertThat(each.from()).isEqualTo(World.origin());
        });
    }

    @Test
    void nobody_takes_up_a_run_that_somebody_is_at_until_nothing_was_heard_of_it_for_a_minute() {
        fiveThatEnded();
        CleanUp begun = process().start(world.admin(), ended(DAY), true, Optional.empty());
        CleanUp killed = begun.with(
                new CleanUp.State.Running("killed", world.clock.instant().plusSeconds(60)));
        world.cleanUps.update(killed);

        process().tidyUp(itself());
        assertThat(read(begun)).isEqualTo(killed);

        world.clock.advance(Duration.ofMinutes(1));
        process().tidyUp(itself());
        assertThat(read(begun).state()).isInstanceOf(CleanUp.State.Done.class);
        assertThat(read(begun).progress().removed()).isEqualTo(5);
        assertThat(find("ended-0")).isPresent();
    }

    @Test
    void a_run_that_was_stopped_stays_as_it_was() {
        fiveThatEnded();
        CleanUp begun = process().start(world.admin(), ended(DAY), false, Optional.empty());

        CleanUp stopped = process().cancel(world.admin(), begun.id().value());
        process().tidyUp(itself());

        assertThat(stopped.state()).isInstanceOf(CleanUp.State.Cancelled.class);
        assertThat(read(begun)).isEqualTo(stopped);
        assertThat(find("ended-4")).isPresent();
        assertThat(process().cancel(world.admin(), begun.id().value())).isEqualTo(stopped);
        assertThat(world.entries(AuditAction.CLEAN_UP_CANCELLED)).hasSize(1);
    }

    /** The tokens of this world, where asking for a page of them ends so. */
    private ApiTokens failing(RuntimeException fault) {
        return (ApiTokens) Proxy.newProxyInstance(
                ApiTokens.class.getClassLoader(), new Class<?>[] {ApiTokens.class}, (proxy, method, arguments) -> {
                    if (method.getReturnType() == Page.class) throw fault;
                    return method.invoke(world.tokens, arguments);
                });
    }

    @Test
    void a_run_that_meets_a_fault_ends_as_failed_and_keeps_no_other_from_its_turn() {
        fiveThatEnded();
        TidyingTokens.Schedule daily = new TidyingTokens.Schedule(DAY, Optional.of(ended(DAY)));
        for (RuntimeException each : List.of(
                new IllegalStateException("a row does not read"), new Refusal.Invalid("name", TokenRule.ID_SHAPE))) {
            CleanUpService broken = world.cleanUpService(failing(each), daily, CleanUpService.Pace.USUAL);
            world.clock.advance(DAY);
            assertThatThrownBy(() -> broken.tidyUp(itself())).isSameAs(each);
            assertThat(world.cleanUps.unfinished()).isEmpty();
        }

        world.clock.advance(DAY);
        process(daily).tidyUp(itself());

        assertThat(find("ended-0")).isEmpty();
    }

    @Test
    void a_run_without_a_database_goes_on_when_there_is_one_again() {
        fiveThatEnded();
        TidyingTokens.Schedule daily = new TidyingTokens.Schedule(DAY, Optional.of(ended(DAY)));
        CleanUpService cutOff = world.cleanUpService(
                failing(new Refusal.Unavailable("database", Duration.ofSeconds(1))), daily, CleanUpService.Pace.USUAL);
        assertThatThrownBy(() -> cutOff.tidyUp(itself())).isInstanceOf(Refusal.Unavailable.class);
        assertThat(world.cleanUps.unfinished()).hasSize(1);

        world.clock.advance(Duration.ofMinutes(1));
        process(daily).tidyUp(itself());

        assertThat(world.entries(AuditAction.CLEAN_UP_STARTED)).hasSize(1);
        assertThat(find("ended-0")).isEmpty();
    }

    @Test
    void a_scheduled_run_begins_once_in_each_period_whoever_comes_first() {
        fiveThatEnded();
        TidyingTokens.Schedule daily = new TidyingTokens.Schedule(DAY, Optional.of(ended(DAY)));

        process(daily).tidyUp(itself());
        process(daily).tidyUp(itself());

        assertThat(world.entries(AuditAction.CLEAN_UP_STARTED)).hasSize(1);
        assertThat(find("ended-0")).isEmpty();
        world.clock.advance(DAY);
        process(daily).tidyUp(itself());
        assertThat(world.entries(AuditAction.CLEAN_UP_STARTED))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.actor().subject()).isEqualTo("system:gatehouse"));
    }

    @Test
    void reports_are_forgotten_after_thirty_days() {
        CleanUp done = run(ended(DAY));
        world.clock.advance(Duration.ofDays(30));
        process().tidyUp(itself());
        assertThat(world.cleanUps.find(done.id())).isPresent();

        world.clock.advance(Duration.ofSeconds(1));
        process().tidyUp(itself());
        assertThat(world.cleanUps.find(done.id())).isEmpty();
    }

    @Test
    void a_repeated_request_whose_token_was_removed_gets_none() {
        NewToken once = new NewToken(
                Optional.empty(),
                "",
                Optional.of(60L),
                Optional.empty(),
                NewToken.Restricted.NOT,
                Optional.of(new Repetition("k-1", "same")));
        world.managingTokens.issue(world.admin(), "alice", once);
        world.clock.advance(Duration.ofHours(1));
        run(ended(Duration.ofMinutes(1)));

        assertThatThrownBy(() -> world.managingTokens.issue(world.admin(), "alice", once))
                .isInstanceOf(Refusal.Conflict.class);
    }
}
