package dev.gatehouse.application.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.application.World;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TokenLifeTest {
    private static final String CI = "proj:demo:ci";

    private final World world = new World();

    TokenLifeTest() {
        world.account("alice", "login", "apiKey");
        world.account("bob", "login", "apiKey");
        world.managingProjects.create(
                world.admin(),
                World.draft(
                        "demo",
                        new ManagingProjects.RoleDraft(
                                "ci",
                                "",
                                List.of(
                                        "p, proj:demo:ci, applications, get, demo/*, allow",
                                        "p, proj:demo:ci, applications, sync, demo/*, allow",
                                        "p, proj:demo:ci, tokens, update, demo/*, allow"),
                                List.of()),
                        new ManagingProjects.RoleDraft("cd", "", List.of(), List.of())),
                false);
    }

    @Test
    void the_old_one_counts_until_the_new_one_is_used() {
        IssuedToken old = issue(CI, "k", 3600);
        IssuedToken next = rotate(old, 600, true).issued();

        assertThat(world.caller(old.secret()).name()).isEqualTo(CI);
        pass(1);
        assertThat(world.caller(next.secret()).name()).isEqualTo(CI);

        assertThat(world.rejection(old.secret())).isInstanceOf(Rejection.ProjectTokenGone.class);
        assertThat(world.caller(next.secret()).name()).isEqualTo(CI);
        assertThat(world.entries(AuditAction.TOKEN_REUSED)).isEmpty();
        assertThat(world.entries(AuditAction.TOKEN_FIRST_USED)).hasSize(2);
    }

    @Test
    void the_old_one_counts_to_the_end_of_its_window_when_that_was_asked_for() {
        IssuedToken old = issue(CI, "k", 3600);
        IssuedToken next = rotate(old, 600, false).issued();

        world.caller(next.secret());
        pass(599);
        assertThat(world.caller(old.secret()).name()).isEqualTo(CI);
        pass(1);
        assertThat(world.rejection(old.secret())).isInstanceOf(Rejection.ProjectTokenGone.class);
        assertThat(world.caller(next.secret()).name()).isEqualTo(CI);
    }

    @Test
    void a_token_that_is_remembered_stops_counting_at_the_end_of_the_window() {
        IssuedToken old = issue(CI, "k", 3600);
        rotate(old, 600, true);
        world.caller(old.secret());
        assertThat(world.authenticating.recall(old.secret(), World.origin())).isPresent();

        pass(600);

        assertThat(world.authenticating.recall(old.secret(), World.origin())).isEmpty();
    }

    @Test
    void using_a_closed_predecessor_ends_the_family_and_is_written_down() {
        IssuedToken old = issue(CI, "k", 3600);
        IssuedToken next = rotate(old, 600, true).issued();
        world.caller(next.secret());
        IssuedToken third = rotate(next, 600, true).issued();
        pass(1);

        world.rejection(old.secret());

        assertThat(world.rejection(next.secret())).isNotNull();
        assertThat(world.rejection(third.secret())).isNotNull();
        assertThat(world.entries(AuditAction.TOKEN_REUSED)).singleElement().satisfies(entry -> {
            assertThat(entry.target().name()).isEqualTo("ci/k");
            assertThat(entry.changes().getFirst().after())
                    .contains("k", next.token().id().value(), third.token().id().value());
        });
        ApiToken ended = world.tokens.find(third.token().id()).orElseThrow();
        assertThat(ended.state())
                .isEqualTo(new ApiToken.State.Revoked(world.clock.instant(), "system:gatehouse", "reused"));
        world.rejection(old.secret());
        assertThat(world.entries(AuditAction.TOKEN_REUSED)).hasSize(1);
    }

    @Test
    void a_predecessor_whose_window_has_ended_is_not_closed_once_more_by_the_first_use() {
        IssuedToken old = issue(CI, "k", 3600);
        Instant end = world.clock.instant().plusSeconds(600);
        IssuedToken next = rotate(old, 600, true).issued();
        pass(900);
        world.caller(next.secret());

        assertThat(world.tokens.find(old.token().id()).flatMap(ApiToken::countsUntil))
                .contains(end);
        world.rejection(old.secret());

        assertThat(world.entries(AuditAction.TOKEN_REUSED)).hasSize(1);
    }

    @Test
    void what_waited_in_front_of_a_process_that_stood_still_accuses_nobody() {
        IssuedToken old = issue(CI, "k", 3600);
        IssuedToken next = rotate(old, 600, true).issued();
        world.caller(next.secret());
        world.changes.goStale();
        pass(5);

        assertThat(world.rejection(old.secret())).isInstanceOf(Rejection.ProjectTokenGone.class);
        world.changes.ask();
        assertThat(world.rejection(old.secret())).isInstanceOf(Rejection.ProjectTokenGone.class);

        assertThat(world.entries(AuditAction.TOKEN_REUSED)).isEmpty();
        assertThat(world.caller(next.secret()).name()).isEqualTo(CI);
        world.changes.catchUp();
        world.rejection(old.secret());
        assertThat(world.entries(AuditAction.TOKEN_REUSED)).hasSize(1);
        assertThat(world.rejection(next.secret())).isNotNull();
    }

    @Test
    void what_is_closed_and_accuses_nobody_is_told_each_time_and_only_then() {
        IssuedToken old = issue(CI, "k", 3600);
        IssuedToken next = rotate(old, 600, true).issued();
        IssuedToken revoked = issue(CI, "revoked", 3600);
        world.managingTokens.revoke(world.admin(), "revoked", "");
        world.caller(next.secret());
        world.rejection(old.secret());
        world.changes.goStale();
        pass(5);
        world.rejection(revoked.secret());
        assertThat(world.unjudged)
                .as("at once after it was closed, or not closed")
                .isEmpty();

        world.rejection(old.secret());
        world.rejection(old.secret());
        assertThat(world.unjudged).containsExactly(old.token().id(), old.token().id());
        world.changes.ask();
        world.changes.catchUp();
        world.rejection(old.secret());

        assertThat(world.entries(AuditAction.TOKEN_REUSED)).hasSize(1);
        world.changes.goStale();
        world.rejection(old.secret());
        assertThat(world.unjudged).as("its family was ended").hasSize(2);
    }

    @Test
    void without_a_window_the_old_one_is_closed_at_once() {
        IssuedToken old = issue(CI, "k", 3600);
        IssuedToken next = rotate(old, 0, false).issued();
        assertThat(world.rejection(old.secret())).isNotNull();
        assertThat(world.caller(next.secret()).name()).isEqualTo(CI);
        pass(1);

        world.rejection(old.secret());

        assertThat(world.rejection(next.secret())).isNotNull();
    }

    @Test
    void a_closed_predecessor_whose_own_end_has_come_is_refused_as_expired_and_ends_nothing() {
        IssuedToken old = issue(CI, "k", 60);
        pass(30);
        IssuedToken next = rotate(old, 0, false).issued();
        world.caller(next.secret());
        pass(30);

        assertThat(world.rejection(old.secret())).isInstanceOf(Rejection.Expired.class);

        assertThat(world.caller(next.secret()).name()).isEqualTo(CI);
        assertThat(world.entries(AuditAction.TOKEN_REUSED)).isEmpty();
    }

    @Test
    void a_token_is_rotated_once() {
        IssuedToken old = issue(CI, "k", 3600);
        rotate(old, 600, true);

        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> rotate(old, 600, true))
                .satisfies(each -> assertThat(each.reason()).isEqualTo(Refusal.Conflict.Reason.STALE));
        assertThat(unrevoked()).hasSize(2);
    }

    @Test
    void what_was_ended_or_has_expired_is_not_rotated() {
        IssuedToken ended = issue(CI, "a", 3600);
        world.managingTokens.revoke(world.admin(), "a", "done");
        IssuedToken expired = issue(CI, "b", 60);
        pass(60);

        assertThatThrownBy(() -> rotate(ended, 600, true)).isInstanceOf(Refusal.Conflict.class);
        assertThatThrownBy(() -> rotate(expired, 600, true)).isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void a_successor_has_the_subject_the_length_and_the_restrictions_of_the_old_one() {
        NewToken.Restricted restricted = new NewToken.Restricted(
                Optional.of(List.of("192.0.2.0/24")), Optional.of(List.of("applications, *, demo/*")), Optional.of(5L));
        IssuedToken old = issue(
                CI,
                new NewToken(
                        Optional.of("k"),
                        "nightly",
                        Optional.of(3600L),
                        Optional.empty(),
                        restricted,
                        Optional.empty()));
        world.caller(old.secret());
        pass(100);

        ApiToken next = rotate(old, 0, true).issued().token();

        assertThat(next.subject()).isEqualTo(old.token().subject());
        assertThat(next.description()).isEqualTo("nightly");
        assertThat(next.expiresAt()).contains(next.issuedAt().plusSeconds(3600));
        assertThat(next.restrictions().limits())
                .isEqualTo(old.token().restrictions().limits());
        assertThat(next.restrictions().maxUses()).contains(4);
        assertThat(next.lineage().predecessor()).contains(old.token().id());
        assertThat(next.lineage().family()).isEqualTo(old.token().id());
    }

    @Test
    void a_token_rotates_itself_if_policy_allows() {
        IssuedToken own = issue(CI, "a", 3600);
        IssuedToken next = world.managingTokens
                .rotate(world.caller(own.secret()), "a", rotation(600, true))
                .issued();
        assertThat(next.token().createdBy()).isEqualTo(CI);
        assertThat(next.token().expiresAt()).contains(next.token().issuedAt().plusSeconds(3600));

        IssuedToken other = issue("proj:demo:cd", "b", 3600);
        assertThatThrownBy(() -> world.managingTokens.rotate(world.caller(other.secret()), "b", rotation(600, true)))
                .isInstanceOf(Refusal.Forbidden.class);

        IssuedToken ofAlice = issue("alice", "c", 3600);
        for (String none : List.of("", "p, alice, accounts, update, alice, allow")) {
            policy(none);
            assertThatThrownBy(
                            () -> world.managingTokens.rotate(world.caller(ofAlice.secret()), "c", rotation(600, true)))
                    .isInstanceOf(Refusal.Forbidden.class);
        }
        policy("p, alice, tokens, update, alice, allow");
        assertThat(world.managingTokens
                        .rotate(world.caller(ofAlice.secret()), "c", rotation(600, true))
                        .issued()
                        .token()
                        .subject())
                .isEqualTo(ofAlice.token().subject());
    }

    @Test
    void a_token_that_is_denied_it_does_not_rotate_itself() {
        policy("""
                p, alice, tokens, *, ali*, allow
                p, alice, tokens, update, alice, deny
                p, proj:demo:ci, tokens, update, demo/*, deny""");
        for (String subject : List.of("alice", CI)) {
            IssuedToken own = issue(subject, "of-" + subject.length(), 3600);
            assertThatThrownBy(() -> world.managingTokens.rotate(
                            world.caller(own.secret()), own.token().id().value(), rotation(600, true)))
                    .isInstanceOf(Refusal.Forbidden.class);
        }
    }

    @Test
    void everybody_rotates_the_tokens_of_their_own_account_and_one_of_these_no_further_than_itself() {
        issue("alice", "old", 7200);
        ApiToken next = world.managingTokens
                .rotate(world.signIn("alice"), "old", rotation(0, true))
                .issued()
                .token();
        IssuedToken brief = issue("alice", "brief", 60);

        ApiToken last = world.managingTokens
                .rotate(world.caller(brief.secret()), next.id().value(), rotation(0, true))
                .issued()
                .token();

        assertThat(next.expiresAt()).contains(next.issuedAt().plusSeconds(7200));
        assertThat(last.expiresAt()).isEqualTo(brief.token().expiresAt());
    }

    @Test
    void the_same_request_gives_the_same_token_until_it_is_used() {
        Caller admin = world.admin();
        Rotation rotation = repeatable("key-1");
        IssuedToken old = issue(CI, "k", 3600);
        IssuedToken first = world.managingTokens.rotate(admin, "k", rotation).issued();

        IssuedToken again = world.managingTokens.rotate(admin, "k", rotation).issued();

        assertThat(again.token()).isEqualTo(first.token());
        assertThat(world.caller(again.secret()).credential())
                .contains(first.token().id().value());
        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> world.managingTokens.rotate(admin, "k", rotation))
                .satisfies(each -> assertThat(each.reason()).isEqualTo(Refusal.Conflict.Reason.SPENT));
        assertThat(unrevoked()).hasSize(2);
        assertThat(old.token().id()).isNotEqualTo(first.token().id());
    }

    @Test
    void a_key_stands_for_one_request_of_one_caller_for_a_day() {
        NewToken first = repeatable("key", "one");
        IssuedToken made = issue("alice", first);

        assertThatExceptionOfType(Refusal.Unmet.class)
                .isThrownBy(() -> issue("alice", repeatable("key", "other")))
                .satisfies(each -> assertThat(each.fault().rule()).isEqualTo(TokenRule.KEY_REUSED));
        assertThat(issue("alice", first).token()).isEqualTo(made.token());
        IssuedToken ofAlice = world.managingTokens.issue(world.signIn("alice"), "alice", first);
        assertThat(ofAlice.token()).isNotEqualTo(made.token());
        pass(86_400);
        assertThat(issue("alice", first).token()).isNotEqualTo(made.token());
        for (String key : List.of("", "a b", "ä", "k".repeat(256)))
            assertThatThrownBy(() -> issue("alice", repeatable(key, "x"))).isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void what_a_key_stands_for_is_shown_to_no_token_that_could_not_give_it_out_now() {
        policy("p, alice, projects, update, demo, allow\np, alice, tokens, update, alice, allow");
        IssuedToken rotated = issue("alice", "rotated", 7200);
        Map<String, Function<Caller, IssuedToken>> requests = Map.of(
                "tokens", caller -> world.managingTokens.issue(caller, "alice", repeatable("tokens", "same")),
                "account", caller -> world.managingAccountTokens.issue(caller, "alice", repeatable("acc", "same")),
                "role", caller -> world.managingProjectTokens.issue(caller, "demo", "ci", repeatable("role", "same")),
                "rotate",
                        caller -> world.managingTokens
                                .rotate(caller, "rotated", repeatable("rotate"))
                                .issued());
        List<String> enough = List.of("accounts, update, alice", "projects, update, demo", "tokens, *, *");
        Map<Caller, TokenRule> narrower = Map.of(
                shownBy(3600 * 9, Optional.of(List.of("192.0.2.0/24")), Optional.empty(), Optional.empty()),
                TokenRule.MORE_THAN_SHOWN,
                shownBy(3600 * 9, Optional.empty(), Optional.of(enough), Optional.empty()),
                TokenRule.MORE_THAN_SHOWN,
                shownBy(3600 * 9, Optional.empty(), Optional.empty(), Optional.of(100L)),
                TokenRule.USES_LIMITED,
                shownBy(3599, Optional.empty(), Optional.empty(), Optional.empty()),
                TokenRule.MORE_THAN_SHOWN);
        Caller wide = shownBy(3600 * 9, Optional.empty(), Optional.empty(), Optional.empty());

        requests.forEach((name, request) -> {
            IssuedToken made = request.apply(world.signIn("alice"));
            narrower.forEach((caller, why) -> assertThatExceptionOfType(Refusal.Unmet.class)
                    .as(name)
                    .isThrownBy(() -> request.apply(caller))
                    .satisfies(each -> assertThat(each.fault().rule()).isEqualTo(why)));
            assertThat(request.apply(wide).token()).as(name).isEqualTo(made.token());
        });
        Caller itself = world.caller(rotated.secret());
        assertThat(requests.get("rotate").apply(itself).token().lineage().predecessor())
                .contains(rotated.token().id());
    }

    /** Alice with a token of these restrictions. */
    private Caller shownBy(
            long seconds, Optional<List<String>> networks, Optional<List<String>> permissions, Optional<Long> uses) {
        return world.caller(issue(
                        "alice",
                        new NewToken(
                                Optional.empty(),
                                "",
                                Optional.of(seconds),
                                Optional.empty(),
                                new NewToken.Restricted(networks, permissions, uses),
                                Optional.empty()))
                .secret());
    }

    @Test
    void a_token_is_shown_again_what_it_gave_out_itself() {
        Caller parent = shownBy(60, Optional.empty(), Optional.empty(), Optional.empty());
        NewToken command = repeatable("own", "same");
        IssuedToken made = world.managingTokens.issue(parent, "alice", command);

        assertThat(world.managingTokens.issue(parent, "alice", command).token()).isEqualTo(made.token());
        pass(59);
        assertThat(world.managingTokens.issue(parent, "alice", command).token()).isEqualTo(made.token());
    }

    @Test
    void a_restricted_token_does_nothing_else_whatever_policy_allows() {
        IssuedToken token = issue("admin-less", CI, "applications, sync, demo/*");
        Caller caller = world.caller(token.secret());

        assertThat(may(caller, "applications", "sync", "demo/api")).isTrue();
        assertThat(may(caller, "applications", "get", "demo/api")).isFalse();
        assertThat(may(caller, "tokens", "update", "demo/x")).isFalse();
    }

    @Test
    void a_restricted_token_has_nothing_of_its_owners_own_either() {
        IssuedToken token = issue("k", "alice", "applications, get, demo/*");
        Caller caller = world.caller(token.secret());

        assertThatThrownBy(() -> world.managingAccounts.get(caller, "alice")).isInstanceOf(Refusal.Forbidden.class);
        assertThat(world.managingAccounts.list(caller)).isEmpty();
        assertThatThrownBy(
                        () -> world.managingAccountTokens.issue(caller, "alice", new NewToken(Optional.empty(), "", 0)))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.managingTokens.issue(caller, "alice", new NewToken(Optional.empty(), "", 0)))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThatThrownBy(() -> world.managingTokens.rotate(caller, "k", rotation(0, true)))
                .isInstanceOf(Refusal.Forbidden.class);
        assertThat(ids(caller, TokenFilter.all(world.clock.instant()))).containsExactly("k");
    }

    @Test
    void a_token_gives_out_nothing_wider_than_itself() {
        NewToken.Restricted own = new NewToken.Restricted(
                Optional.of(List.of("192.0.2.0/24")), Optional.of(List.of("accounts, *, alice")), Optional.empty());
        IssuedToken parent = issue(
                "alice",
                new NewToken(Optional.of("parent"), "", Optional.of(3600L), Optional.empty(), own, Optional.empty()));
        Caller caller = world.caller(parent.secret());
        pass(600);

        ApiToken child = world.managingAccountTokens
                .issue(caller, "alice", new NewToken(Optional.of("child"), "", 0))
                .token();
        assertThat(child.restrictions()).isEqualTo(parent.token().restrictions());
        assertThat(child.expiresAt()).isEqualTo(parent.token().expiresAt());

        for (NewToken.Restricted wider : List.of(
                new NewToken.Restricted(Optional.of(List.of("192.0.0.0/16")), Optional.empty(), Optional.empty()),
                new NewToken.Restricted(Optional.empty(), Optional.of(List.of("accounts, *, *")), Optional.empty())))
            assertThatExceptionOfType(Refusal.Unmet.class)
                    .isThrownBy(() -> world.managingTokens.issue(
                            caller,
                            "alice",
                            new NewToken(
                                    Optional.empty(), "", Optional.of(0L), Optional.empty(), wider, Optional.empty())))
                    .satisfies(each -> assertThat(each.fault().rule()).isEqualTo(TokenRule.WIDER));
        issue("alice", new NewToken(Optional.of("wide"), "", 3600));
        assertThatThrownBy(() -> world.managingTokens.rotate(caller, "wide", rotation(0, true)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void a_token_counts_from_its_networks_only_even_when_it_is_remembered() {
        NewToken.Restricted own = new NewToken.Restricted(
                Optional.of(List.of("192.0.2.0/24", "2001:db8::/32")), Optional.empty(), Optional.empty());
        PlainToken token = issue(
                        CI,
                        new NewToken(Optional.of("k"), "", Optional.of(3600L), Optional.empty(), own, Optional.empty()))
                .secret();
        world.caller(token);

        for (String inside : List.of("192.0.2.200", "2001:db8::7", "::ffff:192.0.2.9"))
            assertThat(world.authenticating.recall(token, from(inside))).isPresent();
        for (String outside : List.of("192.0.3.1", "2001:db9::7", "")) {
            assertThat(world.authenticating.recall(token, from(outside))).isEmpty();
            assertThat(world.authenticating.authenticate(token, from(outside)))
                    .isEqualTo(new Authenticating.Answer.Rejected(new Rejection.SourceRefused()));
        }
    }

    @Test
    void a_token_of_three_uses_makes_three_requests() {
        NewToken.Restricted own = new NewToken.Restricted(Optional.empty(), Optional.empty(), Optional.of(3L));
        IssuedToken token = issue(
                CI, new NewToken(Optional.of("k"), "", Optional.of(3600L), Optional.empty(), own, Optional.empty()));
        for (int i = 0; i < 3; i++) {
            assertThat(world.authenticating.recall(token.secret(), World.origin()))
                    .isEmpty();
            world.caller(token.secret());
        }

        assertThat(world.rejection(token.secret())).isEqualTo(new Rejection.UsesSpent());
        assertThatExceptionOfType(Refusal.Unmet.class)
                .isThrownBy(() -> rotate(token, 0, true))
                .satisfies(each -> assertThat(each.fault().rule()).isEqualTo(TokenRule.USES_SPENT));
    }

    @Test
    void the_uses_that_are_left_go_over_to_the_successor_and_are_not_there_twice() {
        NewToken.Restricted own = new NewToken.Restricted(Optional.empty(), Optional.empty(), Optional.of(3L));
        IssuedToken old = issue(
                CI, new NewToken(Optional.of("k"), "", Optional.of(3600L), Optional.empty(), own, Optional.empty()));
        world.caller(old.secret());
        for (boolean closeOnFirstUse : List.of(true, false))
            assertThatExceptionOfType(Refusal.Unmet.class)
                    .isThrownBy(() -> rotate(old, 600, closeOnFirstUse))
                    .satisfies(each -> assertThat(each.fault().rule()).isEqualTo(TokenRule.OVERLAP_OF_USES));

        IssuedToken next = rotate(old, 0, true).issued();

        assertThat(world.rejection(old.secret())).isNotNull();
        for (int i = 0; i < 2; i++) world.caller(next.secret());
        assertThat(world.rejection(next.secret())).isEqualTo(new Rejection.UsesSpent());
    }

    @Test
    void a_token_counts_from_its_not_before_on() {
        IssuedToken token = issue(
                CI,
                new NewToken(
                        Optional.of("k"),
                        "",
                        Optional.of(3600L),
                        Optional.of(world.clock.instant().plusSeconds(60)),
                        NewToken.Restricted.NOT,
                        Optional.empty()));
        assertThat(world.rejection(token.secret())).isEqualTo(new Rejection.NotYetValid());
        assertThat(standing("k")).isEqualTo(ApiToken.Standing.PENDING);

        pass(60);

        assertThat(world.caller(token.secret()).name()).isEqualTo(CI);
        assertThat(standing("k")).isEqualTo(ApiToken.Standing.ACTIVE);
        assertThatThrownBy(() -> issue(
                        CI,
                        new NewToken(
                                Optional.empty(),
                                "",
                                Optional.of(60L),
                                Optional.of(world.clock.instant().plusSeconds(60)),
                                NewToken.Restricted.NOT,
                                Optional.empty())))
                .isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void each_sees_what_policy_shows_and_what_is_their_own() {
        issue("alice", "a", 60);
        issue("bob", "b", 60);
        IssuedToken ci = issue(CI, "c", 60);
        TokenFilter all = TokenFilter.all(world.clock.instant());

        assertThat(ids(world.admin(), all)).containsExactly("a", "b", "c");
        assertThat(ids(world.signIn("alice"), all)).containsExactly("a");
        assertThat(ids(world.caller(ci.secret()), all)).containsExactly("c");
        policy("p, alice, tokens, get, demo/c*, allow");
        assertThat(ids(world.signIn("alice"), all)).containsExactly("a", "c");
        policy("p, alice, tokens, get, *, allow\np, alice, tokens, get, bob, deny");
        assertThat(ids(world.signIn("alice"), all)).containsExactly("a", "c");
    }

    @Test
    void what_is_left_is_told_whatever_way_one_sees_it() {
        for (int i = 0; i < 5; i++) issue("alice", "a" + i, 60);
        for (int i = 0; i < 5; i++) issue(CI, "c" + i, 60);
        policy("p, bob, tokens, get, demo/*, allow");

        assertThat(remaining(world.admin())).containsExactly(7L, 4L, 1L, 0L);
        assertThat(remaining(world.signIn("alice"))).containsExactly(2L, 0L);
        assertThat(remaining(world.signIn("bob"))).containsExactly(2L, 0L);
    }

    @Test
    void nobody_learns_of_an_id_that_they_may_not_see() {
        issue(CI, "c", 60);
        Caller alice = world.signIn("alice");
        for (String id : List.of("c", "no-such", "a b")) {
            assertThatExceptionOfType(Refusal.Forbidden.class)
                    .isThrownBy(() -> world.managingTokens.get(alice, id))
                    .satisfies(each -> assertThat(each.object()).isEqualTo(id));
            assertThatThrownBy(() -> world.managingTokens.revoke(alice, id, "")).isInstanceOf(Refusal.Forbidden.class);
            assertThatThrownBy(() -> world.managingTokens.rotate(alice, id, rotation(0, true)))
                    .isInstanceOf(Refusal.Forbidden.class);
        }
        policy("p, alice, tokens, get, *, allow\np, alice, tokens, get, demo/*, deny");
        for (String id : List.of("c", "no-such", "a b"))
            assertThatThrownBy(() -> world.managingTokens.get(world.signIn("alice"), id))
                    .isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void one_ends_ones_own_whatever_policy_says_and_once_is_enough() {
        policy("p, alice, tokens, *, *, deny");
        issue("alice", "a", 60);
        IssuedToken ci = issue("proj:demo:cd", "c", 60);

        world.managingTokens.revoke(world.signIn("alice"), "a", "done");
        world.managingTokens.revoke(world.signIn("alice"), "a", "again");
        world.managingTokens.revoke(world.caller(ci.secret()), "c", "");

        assertThat(world.tokens
                        .named(
                                world.managingTokens
                                        .get(world.admin(), "a")
                                        .token()
                                        .subject(),
                                world.managingTokens
                                        .get(world.admin(), "a")
                                        .token()
                                        .name())
                        .orElseThrow()
                        .state())
                .isEqualTo(new ApiToken.State.Revoked(world.clock.instant(), "alice", "done"));
        assertThat(world.rejection(ci.secret())).isNotNull();
        assertThat(world.entries(AuditAction.TOKEN_REVOKED)).hasSize(2);
        assertThatThrownBy(() -> world.managingTokens.revoke(world.signIn("alice"), "a", "x".repeat(256)))
                .isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void whoever_holds_a_token_or_the_token_of_a_session_can_end_it() {
        IssuedToken token = issue(CI, "c", 60);
        PlainToken session = world.sessionToken("alice");

        world.endingLeakedTokens.end(token.secret(), World.origin());
        world.endingLeakedTokens.end(token.secret(), World.origin());
        world.endingLeakedTokens.end(session, World.origin());
        world.endingLeakedTokens.end(new PlainToken("a.b.c"), World.origin());
        world.endingLeakedTokens.end(new PlainToken(""), World.origin());

        assertThat(world.rejection(token.secret())).isInstanceOf(Rejection.ProjectTokenGone.class);
        assertThat(world.rejection(session)).isInstanceOf(Rejection.SessionEnded.class);
        assertThat(world.entries(AuditAction.TOKEN_REVOKED)).hasSize(1);
    }

    private List<ApiToken> unrevoked() {
        return world
                .managingTokens
                .find(world.admin(), TokenFilter.all(world.clock.instant()), new PageRequest(100, Optional.empty()))
                .page()
                .items()
                .stream()
                .filter(each -> !each.isRevoked())
                .toList();
    }

    private List<String> ids(Caller caller, TokenFilter filter) {
        return world.managingTokens.find(caller, filter, new PageRequest(100, Optional.empty())).page().items().stream()
                .map(each -> each.id().value())
                .toList();
    }

    /** What is told to be left after each page of three. */
    private List<Long> remaining(Caller caller) {
        List<Long> remaining = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            ManagingTokens.Found found = world.managingTokens.find(
                    caller, TokenFilter.all(world.clock.instant()), new PageRequest(3, after));
            assertThat(found.page().items()).isNotEmpty();
            remaining.add(found.remaining().orElse(-1));
            after = found.page().next();
        } while (after.isPresent());
        return remaining;
    }

    private ApiToken.Standing standing(String id) {
        ManagingTokens.Seen seen = world.managingTokens.get(world.admin(), id);
        return seen.token().standingAt(seen.now(), seen.policy());
    }

    private boolean may(Caller caller, String resource, String action, String object) {
        return world.authorizing.decide(caller, new AccessQuestion(resource, action, object))
                instanceof Decision.Allowed;
    }

    private void policy(String csv) {
        var now = world.managingPolicy.read(world.admin());
        world.managingPolicy.replace(
                world.admin(),
                new dev.gatehouse.application.access.ManagingPolicy.Draft(
                        csv, "", List.of("groups"), "glob", Optional.of(now.version())));
    }

    private void pass(long seconds) {
        world.clock.advance(Duration.ofSeconds(seconds));
    }

    private static Origin from(String address) {
        return new Origin(address, "world/1", "request-1");
    }

    private static NewToken repeatable(String key, String fingerprint) {
        return new NewToken(
                Optional.empty(),
                "",
                Optional.of(3600L),
                Optional.empty(),
                NewToken.Restricted.NOT,
                Optional.of(new Repetition(key, fingerprint)));
    }

    private static Rotation repeatable(String key) {
        return new Rotation(
                600,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Repetition(key, "print")));
    }

    private static Rotation rotation(long overlap, boolean closeOnFirstUse) {
        return new Rotation(
                overlap, closeOnFirstUse, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private ManagingTokens.Rotated rotate(IssuedToken token, long overlap, boolean closeOnFirstUse) {
        return world.managingTokens.rotate(
                world.admin(), token.token().id().value(), rotation(overlap, closeOnFirstUse));
    }

    private IssuedToken issue(String subject, String name, long seconds) {
        return issue(subject, new NewToken(Optional.of(name), "", seconds));
    }

    private IssuedToken issue(String name, String subject, String permission) {
        return issue(
                subject,
                new NewToken(
                        Optional.of(name),
                        "",
                        Optional.of(3600L),
                        Optional.empty(),
                        new NewToken.Restricted(Optional.empty(), Optional.of(List.of(permission)), Optional.empty()),
                        Optional.empty()));
    }

    private IssuedToken issue(String subject, NewToken command) {
        return world.managingTokens.issue(world.admin(), subject, command);
    }
}
