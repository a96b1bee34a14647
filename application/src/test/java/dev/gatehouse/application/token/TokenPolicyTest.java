package dev.gatehouse.application.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.application.World;
import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.Overlap;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenPolicy;
import dev.gatehouse.domain.token.TokenRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenPolicyTest {
    private static final String CI = "proj:demo:ci";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long LONG = Duration.ofDays(366).toSeconds();

    private final World world = new World();

    TokenPolicyTest() {
        world.account("alice", "login", "apiKey");
        world.project("demo");
        world.project("other");
    }

    @Test
    void as_long_as_nothing_was_said_everything_is_allowed() {
        TokenPolicy policy = world.managingTokenPolicy.read(world.admin(), Optional.empty());
        assertThat(policy.account()).isEqualTo(KindPolicy.LENIENT);
        assertThat(policy.project()).isEqualTo(KindPolicy.LENIENT);
        assertThat(policy.version()).isZero();
        assertThat(issue(CI, Optional.empty()).expiresAt()).isEmpty();
    }

    @Test
    void what_is_asked_is_granted_up_to_the_ceiling_and_what_is_usual_where_nothing_is_asked() {
        put(new KindPolicy(
                Optional.of(HOUR),
                Optional.of(Duration.ofDays(1)),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

        assertThat(lifetime(issue(CI, Optional.empty()))).contains(3_600L);
        assertThat(lifetime(issue(CI, Optional.of(0L)))).contains(86_400L);
        assertThat(lifetime(issue(CI, Optional.of(99_999L)))).contains(86_400L);
        assertThat(lifetime(issue(CI, Optional.of(60L)))).contains(60L);
        assertThat(lifetime(issue("alice", Optional.of(0L)))).isEmpty();
        ApiToken old = issue(CI, Optional.of(60L));
        ApiToken next = world.managingTokens
                .rotate(
                        world.admin(),
                        old.id().value(),
                        new Rotation(0, true, Optional.of(0L), Optional.empty(), Optional.empty(), Optional.empty()))
                .issued()
                .token();
        assertThat(lifetime(next)).contains(86_400L);
    }

    @Test
    void a_project_only_tightens() {
        put(longest(Duration.ofDays(1)));

        assertThatExceptionOfType(Refusal.Invalid.class)
                .isThrownBy(() -> putOf("demo", longest(Duration.ofDays(2)), 0))
                .satisfies(each -> assertThat(each.faults().getFirst().rule()).isEqualTo(TokenRule.POLICY_WIDER));
        putOf("demo", longest(HOUR), 0);

        assertThat(lifetime(issue(CI, Optional.of(0L)))).contains(3_600L);
        assertThat(lifetime(issue("proj:other:ci", Optional.of(0L)))).contains(86_400L);
    }

    @Test
    void a_policy_that_contradicts_itself_is_refused() {
        for (KindPolicy each : new KindPolicy[] {
            new KindPolicy(
                    Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty()),
            longest(Duration.ZERO),
            longest(Duration.ofDays(40_000)),
            new KindPolicy(
                    Optional.of(HOUR),
                    Optional.of(Duration.ofMinutes(1)),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
            new KindPolicy(
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    Optional.of(Duration.ofSeconds(59)),
                    Optional.empty(),
                    Optional.empty()),
            new KindPolicy(Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.of(0), Optional.empty())
        }) assertThatThrownBy(() -> put(each)).isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void a_rehearsal_tells_what_would_end_and_ends_nothing() {
        IssuedToken old = token(CI, "old", 0);
        world.caller(old.secret());
        world.clock.advance(Duration.ofHours(2));
        token(CI, "young", 0);

        ManagingTokenPolicy.Outcome told = replace(longest(HOUR), true);

        assertThat(told.ends().tokens()).isEqualTo(1);
        assertThat(told.ends().firstTokens())
                .extracting(each -> each.id().value())
                .containsExactly("old");
        assertThat(world.caller(old.secret()).name()).isEqualTo(CI);
        assertThat(world.managingTokenPolicy
                        .read(world.admin(), Optional.empty())
                        .version())
                .isZero();

        assertThat(replace(longest(HOUR), false).ends().tokens()).isEqualTo(1);
        assertThat(world.rejection(old.secret())).isNotNull();
        assertThat(world.tokens.find(old.token().id()).orElseThrow().state())
                .isEqualTo(new ApiToken.State.Revoked(world.clock.instant(), "admin", "token policy"));
        assertThat(world.entries(AuditAction.POLICY_CHANGED)).hasSize(1);
    }

    @Test
    void what_a_change_ends_counts_no_more_at_once_and_its_records_follow() {
        List<IssuedToken> old =
                IntStream.range(0, 5).mapToObj(i -> token(CI, "old-" + i, 0)).toList();
        old.forEach(each -> world.caller(each.secret()));
        world.clock.advance(Duration.ofHours(2));
        IssuedToken young = token(CI, "young", 0);
        TokenPolicyService slow = world.tokenPolicyService(SessionRules.DEFAULT, new TokenPolicyService.Pace(2, 1));
        Instant changed = world.clock.instant();

        ManagingTokenPolicy.Outcome done = slow.replace(
                world.admin(),
                Optional.empty(),
                new ManagingTokenPolicy.Draft(KindPolicy.LENIENT, longest(HOUR), Optional.of(0)),
                false);

        assertThat(done.ends().tokens()).isEqualTo(5);
        assertThat(standings())
                .containsExactlyInAnyOrder("revoked", "revoked", "expired", "expired", "expired", "active");
        for (IssuedToken each : old) assertThat(world.rejection(each.secret())).isNotNull();
        assertThat(world.caller(young.secret()).name()).isEqualTo(CI);

        // A milder one would let those count again that have it not in their records yet.
        ManagingTokenPolicy.Draft milder =
                new ManagingTokenPolicy.Draft(KindPolicy.LENIENT, KindPolicy.LENIENT, Optional.of(1));
        assertThatExceptionOfType(Refusal.Unmet.class)
                .isThrownBy(() -> slow.replace(world.admin(), Optional.empty(), milder, false))
                .satisfies(each -> assertThat(each.fault().rule()).isEqualTo(TokenRule.POLICY_ENDING));
        world.clock.advance(Duration.ofMinutes(10));
        slow.endTokens();
        slow.replace(world.admin(), Optional.empty(), milder, false);

        for (IssuedToken each : old)
            assertThat(world.tokens.find(each.token().id()).orElseThrow().state())
                    .isEqualTo(new ApiToken.State.Revoked(changed, "admin", "token policy"));
        assertThat(world.caller(young.secret()).name()).isEqualTo(CI);
    }

    @Test
    void the_policy_of_a_project_ends_tokens_of_that_project_alone() {
        IssuedToken here = token(CI, "here", 0);
        IssuedToken there = token("proj:other:ci", "there", 0);
        world.clock.advance(Duration.ofHours(2));

        putOf("demo", longest(HOUR), 0);

        assertThat(world.rejection(here.secret())).isNotNull();
        assertThat(world.caller(there.secret()).name()).isEqualTo("proj:other:ci");
    }

    @Test
    void a_token_that_the_policy_ended_has_expired_wherever_it_is_shown() {
        put(new KindPolicy(
                Optional.empty(),
                Optional.of(Duration.ofHours(3)),
                false,
                Optional.of(HOUR),
                Optional.empty(),
                Optional.empty()));
        IssuedToken idle = token(CI, "idle", 0);
        IssuedToken busy = token(CI, "busy", 0);
        for (int hours = 0; hours < 4; hours++) {
            for (IssuedToken each : List.of(idle, busy)) {
                boolean counts = each == busy ? hours < 3 : hours < 2;
                world.lastUses.write();
                assertThat(standing(each)).isEqualTo(counts ? "active" : "expired");
                assertThat(ids(ApiToken.Standing.ACTIVE)
                                .contains(each.token().id().value()))
                        .isEqualTo(counts);
                assertThat(ids(ApiToken.Standing.EXPIRED)
                                .contains(each.token().id().value()))
                        .isEqualTo(!counts);
                // To be asked about is to be used.
                if (each == busy || !counts)
                    assertThat(world.introspecting
                                    .introspect(world.admin(), each.secret(), Optional.empty())
                                    .isPresent())
                            .isEqualTo(counts);
            }
            world.clock.advance(hours == 0 ? HOUR : HOUR.plusSeconds(20));
        }
    }

    @Test
    void a_use_that_is_not_written_down_yet_ends_no_token() {
        put(new KindPolicy(
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.of(Duration.ofMinutes(1)),
                Optional.empty(),
                Optional.empty()));
        IssuedToken token = token(CI, "k", 0);
        world.caller(token.secret());
        world.lastUses.write();
        world.clock.advance(Duration.ofSeconds(59));
        world.caller(token.secret());

        // Another process knows only what is written.
        world.clock.advance(Duration.ofSeconds(20));
        assertThat(standing(token)).isEqualTo("active");
        assertThat(ids(ApiToken.Standing.ACTIVE)).contains("k");

        world.lastUses.write();
        world.clock.advance(Duration.ofSeconds(70));
        assertThat(standing(token)).isEqualTo("expired");
        assertThat(world.rejection(token.secret())).isEqualTo(new Rejection.PolicyEnded());
    }

    @Test
    void what_the_policy_ended_takes_no_room_from_others() {
        put(new KindPolicy(
                Optional.empty(), Optional.of(HOUR), false, Optional.empty(), Optional.of(1), Optional.empty()));
        token(CI, "a", 0);
        world.clock.advance(Duration.ofMinutes(10));
        assertThatThrownBy(() -> token(CI, "b", 0)).isInstanceOf(Refusal.Unmet.class);

        // Behind the back of whoever would end it.
        world.tokenPolicies.store(
                Optional.empty(),
                new TokenPolicy(
                        KindPolicy.LENIENT,
                        new KindPolicy(
                                Optional.empty(),
                                Optional.of(Duration.ofMinutes(10)),
                                false,
                                Optional.empty(),
                                Optional.of(1),
                                Optional.empty()),
                        1));
        world.changes.count();

        assertThat(token(CI, "b", 0).token().id().value()).isEqualTo("b");
        assertThatThrownBy(() -> token(CI, "c", 0)).isInstanceOf(Refusal.Unmet.class);
    }

    private List<String> standings() {
        ManagingTokens.Found found = world.managingTokens.find(
                world.admin(), TokenFilter.all(world.clock.instant()), new PageRequest(100, Optional.empty()));
        return found.page().items().stream()
                .map(each -> each.standingAt(found.now(), found.policies().of(each.subject()))
                        .word())
                .toList();
    }

    private String standing(IssuedToken token) {
        ManagingTokens.Seen seen =
                world.managingTokens.get(world.admin(), token.token().id().value());
        return seen.token().standingAt(seen.now(), seen.policy()).word();
    }

    private List<String> ids(ApiToken.Standing standing) {
        TokenFilter filter = TokenFilter.all(world.clock.instant()).of(standing);
        return world
                .managingTokens
                .find(world.admin(), filter, new PageRequest(100, Optional.empty()))
                .page()
                .items()
                .stream()
                .map(each -> each.id().value())
                .toList();
    }

    @Test
    void a_token_ends_at_the_ceiling_even_if_it_is_remembered() {
        IssuedToken token = token(CI, "k", 0);
        replace(longest(HOUR), false);
        world.caller(token.secret());
        assertThat(world.authenticating.recall(token.secret(), World.origin())).isPresent();

        world.clock.advance(HOUR);

        assertThat(world.authenticating.recall(token.secret(), World.origin())).isEmpty();
        assertThat(world.rejection(token.secret())).isEqualTo(new Rejection.PolicyEnded());
    }

    @Test
    void a_token_that_is_not_used_for_too_long_counts_no_more() {
        put(new KindPolicy(
                Optional.empty(), Optional.empty(), true, Optional.of(HOUR), Optional.empty(), Optional.empty()));
        IssuedToken used = token(CI, "used", 0);
        IssuedToken unused = token(CI, "unused", 0);
        world.clock.advance(Duration.ofMinutes(50));
        world.caller(used.secret());

        world.clock.advance(Duration.ofMinutes(50));

        assertThat(world.caller(used.secret()).name()).isEqualTo(CI);
        assertThat(world.rejection(unused.secret())).isEqualTo(new Rejection.PolicyEnded());
    }

    @Test
    void so_many_tokens_of_one_role_count_and_no_more() {
        put(new KindPolicy(
                Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.of(2), Optional.empty()));
        token(CI, "a", 0);
        token(CI, "b", 0);

        assertThatExceptionOfType(Refusal.Unmet.class)
                .isThrownBy(() -> token(CI, "c", 0))
                .satisfies(each -> assertThat(each.fault().rule()).isEqualTo(TokenRule.TOO_MANY_LIVE));
        token("proj:other:ci", "c", 0);
        world.managingTokens.rotate(
                world.admin(),
                "a",
                new Rotation(60, true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        world.managingTokens.revoke(world.admin(), "b", "");
        token(CI, "d", 0);
    }

    @Test
    void as_many_as_may_be_live_are_open_after_their_rotation_and_no_more() {
        put(mostLive(2));
        token(CI, "a", 0);
        token(CI, "b", 0);
        rotate("a", "a2", Overlap.ofSeconds(LONG, false));
        rotate("b", "b2", Overlap.ofSeconds(LONG, false));

        for (String heir : List.of("a2", "b2"))
            assertThatExceptionOfType(Refusal.Unmet.class)
                    .isThrownBy(() -> rotate(heir, "c", Overlap.ofSeconds(1, true)))
                    .satisfies(each -> {
                        assertThat(each.fault().rule()).isEqualTo(TokenRule.TOO_MANY_OPEN);
                        assertThat(each.fault().arguments()).containsExactly(CI, "2");
                    });
        rotate("a2", "a3", Overlap.ofSeconds(0, true));
        assertThat(counting()).containsExactlyInAnyOrder("a", "b", "a3", "b2");
        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> rotate("a2", "c", Overlap.ofSeconds(1, true)));
        world.clock.advance(Duration.ofSeconds(LONG));
        rotate("a3", "a4", Overlap.ofSeconds(1, true));
    }

    @Test
    void rotating_and_ending_the_successor_again_and_again_leaves_no_more_that_count() {
        put(mostLive(1));
        token(CI, "first", 0);
        rotate("first", "heir", Overlap.ofSeconds(LONG, false));
        for (int i = 0; i < 3; i++) {
            world.managingTokens.revoke(world.admin(), i == 0 ? "heir" : "next-" + i, "");
            String next = "next-" + (i + 1);
            token(CI, next, 0);
            assertThatExceptionOfType(Refusal.Unmet.class)
                    .isThrownBy(() -> rotate(next, "more", Overlap.ofSeconds(LONG, false)))
                    .satisfies(each -> assertThat(each.fault().rule()).isEqualTo(TokenRule.TOO_MANY_OPEN));
        }
        assertThat(counting()).containsExactlyInAnyOrder("first", "next-3");
    }

    @Test
    void so_many_are_open_whoever_rotates_others_at_the_same_moment() {
        put(mostLive(3));
        List<String> live = List.of("a", "b", "c");
        for (String each : live) token(CI, each, 0);
        rotate("a", "a2", Overlap.ofSeconds(LONG, false));
        Queue<String> left = new ConcurrentLinkedQueue<>(List.of("a2", "b", "c"));

        Race<ApiToken> race = Race.of(3, () -> {
            String each = left.remove();
            return rotate(each, each + "-next", Overlap.ofSeconds(LONG, false));
        });

        assertThat(race.returned()).hasSize(2);
        assertThat(race.thrown()).singleElement().isInstanceOf(Refusal.Unmet.class);
        assertThat(counting()).hasSize(6);
    }

    @Test
    void so_many_count_whoever_gives_out_others_at_the_same_moment() {
        put(new KindPolicy(
                Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.of(3), Optional.empty()));
        Caller admin = world.admin();

        Race<IssuedToken> race =
                Race.of(8, () -> world.managingTokens.issue(admin, CI, new NewToken(Optional.empty(), "", 60)));

        assertThat(race.returned()).hasSize(3);
        assertThat(race.thrown()).hasSize(5).hasOnlyElementsOfType(Refusal.Unmet.class);
    }

    @Test
    void a_change_needs_the_version_that_was_read() {
        ManagingTokenPolicy.Draft without =
                new ManagingTokenPolicy.Draft(KindPolicy.LENIENT, KindPolicy.LENIENT, Optional.empty());
        assertThatExceptionOfType(Refusal.Unmet.class)
                .isThrownBy(() -> world.managingTokenPolicy.replace(world.admin(), Optional.empty(), without, false))
                .satisfies(each -> assertThat(each.fault().rule()).isEqualTo(TokenRule.POLICY_VERSION));
        put(longest(HOUR));
        assertThatThrownBy(() -> put(longest(HOUR))).isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void only_who_may_reads_and_changes_it() {
        var alice = world.signIn("alice");
        assertThatThrownBy(() -> world.managingTokenPolicy.read(alice, Optional.empty()))
                .isInstanceOf(Refusal.Forbidden.class);
        for (String project : new String[] {"demo", "no-such"})
            assertThatThrownBy(() -> world.managingTokenPolicy.read(alice, Optional.of(project)))
                    .isInstanceOf(Refusal.Forbidden.class);
    }

    @Test
    void a_token_gives_out_nothing_that_counts_after_the_age_at_which_the_policy_ends_itself() {
        for (long seconds : new long[] {7200, 0}) {
            IssuedToken shown = token("alice", "shown-" + seconds, seconds);
            Caller caller = world.caller(shown.secret());
            world.clock.advance(Duration.ofMinutes(20));
            putOfAccounts(longest(HOUR));
            Instant end = shown.token().issuedAt().plus(HOUR);

            assertThat(given(caller, "child-" + seconds).expiresAt()).contains(end);

            NewToken repeated = new NewToken(
                    Optional.of("repeated-" + seconds),
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    NewToken.Restricted.NOT,
                    Optional.of(new Repetition("key-" + seconds, "same")));
            assertThat(world.managingTokens
                            .issue(world.signIn("alice"), "alice", repeated)
                            .token()
                            .expiresAt()
                            .orElseThrow())
                    .isAfter(end);
            assertThatExceptionOfType(Refusal.Unmet.class)
                    .isThrownBy(() -> world.managingTokens.issue(caller, "alice", repeated))
                    .satisfies(each -> assertThat(each.fault().rule()).isEqualTo(TokenRule.MORE_THAN_SHOWN));
            putOfAccounts(KindPolicy.LENIENT);
        }
    }

    @Test
    void what_a_token_gives_out_does_not_end_when_nobody_used_that_token_any_more() {
        IssuedToken shown = token("alice", "shown", 7200);
        Caller caller = world.caller(shown.secret());
        putOfAccounts(new KindPolicy(
                Optional.empty(), Optional.empty(), true, Optional.of(HOUR), Optional.empty(), Optional.empty()));

        assertThat(given(caller, "child").expiresAt()).isEqualTo(shown.token().expiresAt());
    }

    private ApiToken given(Caller caller, String name) {
        return world.managingTokens
                .issue(caller, "alice", new NewToken(Optional.of(name), "", 0))
                .token();
    }

    private void putOfAccounts(KindPolicy account) {
        world.managingTokenPolicy.replace(
                world.admin(),
                Optional.empty(),
                new ManagingTokenPolicy.Draft(
                        account,
                        KindPolicy.LENIENT,
                        Optional.of(world.managingTokenPolicy
                                .read(world.admin(), Optional.empty())
                                .version())),
                false);
    }

    private static KindPolicy longest(Duration length) {
        return new KindPolicy(
                Optional.empty(), Optional.of(length), false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private void put(KindPolicy project) {
        replace(project, false);
    }

    private ManagingTokenPolicy.Outcome replace(KindPolicy project, boolean dryRun) {
        return world.managingTokenPolicy.replace(
                world.admin(),
                Optional.empty(),
                new ManagingTokenPolicy.Draft(KindPolicy.LENIENT, project, Optional.of(0)),
                dryRun);
    }

    private void putOf(String name, KindPolicy project, int version) {
        world.managingTokenPolicy.replace(
                world.admin(),
                Optional.of(name),
                new ManagingTokenPolicy.Draft(KindPolicy.LENIENT, project, Optional.of(version)),
                false);
    }

    private static KindPolicy mostLive(int most) {
        return new KindPolicy(
                Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.of(most), Optional.empty());
    }

    private ApiToken rotate(String id, String next, Overlap overlap) {
        return world.managingTokens
                .rotate(
                        world.admin(),
                        id,
                        new Rotation(
                                overlap.length().toSeconds(),
                                overlap.closeOnFirstUse(),
                                Optional.empty(),
                                Optional.of(next),
                                Optional.empty(),
                                Optional.empty()))
                .issued()
                .token();
    }

    /** The ids of all tokens that count now. */
    private List<String> counting() {
        return world
                .managingTokens
                .find(world.admin(), TokenFilter.all(world.clock.instant()), new PageRequest(100, Optional.empty()))
                .page()
                .items()
                .stream()
                .filter(each -> each.countsAt(world.clock.instant()))
                .map(each -> each.id().value())
                .toList();
    }

    private IssuedToken token(String subject, String name, long seconds) {
        return world.managingTokens.issue(world.admin(), subject, new NewToken(Optional.of(name), "", seconds));
    }

    private ApiToken issue(String subject, Optional<Long> seconds) {
        return world.managingTokens
                .issue(
                        world.admin(),
                        subject,
                        new NewToken(
                                Optional.empty(),
                                "",
                                seconds,
                                Optional.empty(),
                                NewToken.Restricted.NOT,
                                Optional.empty()))
                .token();
    }

    private static Optional<Long> lifetime(ApiToken token) {
        return token.expiresAt()
                .map(end -> Duration.between(token.issuedAt(), end).toSeconds());
    }
}
