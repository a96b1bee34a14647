package dev.gatehouse.adapters.testkit.session;

import static dev.gatehouse.adapters.testkit.session.SessionFixtures.KID;
import static dev.gatehouse.adapters.testkit.session.SessionFixtures.aLiveSession;
import static dev.gatehouse.adapters.testkit.session.SessionFixtures.aSessionId;
import static dev.gatehouse.adapters.testkit.session.SessionFixtures.aSessionOf;
import static dev.gatehouse.adapters.testkit.shared.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.account.AccountFixtures;
import dev.gatehouse.adapters.testkit.shared.Conflicts;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.LastUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What all {@link Sessions} promise. */
public interface SessionsContract {
    /** The port under test. */
    Sessions sessions();

    /** The transactions in which it takes part. */
    Transactions transactions();

    @Test
    default void a_session_comes_back_as_it_went_in() {
        for (Session each : List.of(
                aLiveSession(),
                SessionFixtures.anExpiredSession(),
                SessionFixtures.anEndedSession(),
                aLiveSession().end(NOW, Session.Reason.PASSWORD_CHANGED),
                aLiveSession().end(NOW, Session.Reason.IDLE),
                aLiveSession().end(NOW, Session.Reason.GAVE_WAY),
                aLiveSession().end(NOW, Session.Reason.REVOKED),
                SessionFixtures.anUnusualSession().end(NOW, Session.Reason.REVOKED),
                SessionFixtures.anUnusualSession())) {
            sessions().insert(each, KID);
            assertThat(sessions().find(each.id())).contains(each);
        }
    }

    @Test
    default void none_is_found_under_an_id_that_none_has() {
        assertThat(sessions().find(aSessionId())).isEmpty();
        assertThat(sessions().find(new SessionId("no uuid at all \uD83D\uDD11")))
                .isEmpty();
        assertThat(sessions().find(new SessionId(""))).isEmpty();
    }

    @Test
    default void every_text_comes_back_as_it_went_in() {
        List<String> agents = new ArrayList<>(Samples.TEXTS);
        agents.add(Samples.wide(128));
        agents.add("a".repeat(256));
        for (String agent : agents) {
            Session session = Session.start(
                    aSessionId(),
                    AccountFixtures.anAccount(),
                    SessionRules.DEFAULT,
                    new Origin("2001:db8:ffff:ffff:ffff:ffff:192.168.100.228", agent, "request-1"),
                    NOW);
            sessions().insert(session, KID);
            assertThat(sessions().find(session.id())).contains(session);
        }
    }

    @Test
    default void every_time_comes_back_as_it_went_in() {
        for (Instant moment : Samples.MOMENTS) {
            Session session = Session.start(
                            aSessionId(),
                            AccountFixtures.anAccount(),
                            SessionRules.DEFAULT,
                            Origin.itself("request-1"),
                            moment)
                    .end(moment, Session.Reason.REVOKED);
            sessions().insert(session, KID);
            assertThat(sessions().find(session.id())).contains(session);
        }
    }

    @Test
    default void an_id_that_was_ever_used_is_refused() {
        Session first = aLiveSession();
        sessions().insert(first, KID);
        Session second = withId(first.id(), aLiveSession());

        Conflicts.assertRefused(
                () -> sessions().insert(second, KID),
                Reason.ALREADY_EXISTS,
                Session.KIND,
                first.id().value());
        assertThat(sessions().find(first.id())).contains(first);

        sessions().end(first.id(), NOW, Session.Reason.SIGNED_OUT);
        Conflicts.assertRefused(
                () -> sessions().insert(second, KID),
                Reason.ALREADY_EXISTS,
                Session.KIND,
                first.id().value());
        assertThat(sessions().find(first.id())).contains(first.end(NOW, Session.Reason.SIGNED_OUT));
    }

    @Test
    default void of_two_who_insert_one_id_exactly_one_wins() {
        for (int round = 0; round < 10; round++) {
            SessionId id = aSessionId();
            Race<Session> race = Race.of(4, () -> {
                Session mine = withId(id, aLiveSession());
                transactions().inTransaction(() -> sessions().insert(mine, KID));
                return mine;
            });

            assertThat(race.returned()).hasSize(1);
            assertThat(race.thrown())
                    .allSatisfy(
                            each -> Conflicts.assertConflict(each, Reason.ALREADY_EXISTS, Session.KIND, id.value()));
            assertThat(sessions().find(id)).contains(race.returned().getFirst());
        }
    }

    @Test
    default void ending_a_session_ends_it_and_no_other() {
        Account account = AccountFixtures.anAccount();
        Session session = aSessionOf(account);
        Session other = aSessionOf(account);
        sessions().insert(session, KID);
        sessions().insert(other, KID);

        boolean ended = sessions().end(session.id(), NOW.plusNanos(1_000), Session.Reason.SIGNED_OUT);

        assertThat(ended).isTrue();
        assertThat(sessions().find(session.id()))
                .contains(session.end(NOW.plusNanos(1_000), Session.Reason.SIGNED_OUT));
        assertThat(sessions().find(other.id())).contains(other);
    }

    @Test
    default void the_first_end_wins() {
        Session session = aLiveSession();
        sessions().insert(session, KID);
        sessions().end(session.id(), NOW, Session.Reason.REVOKED);

        boolean again = sessions().end(session.id(), NOW.plusSeconds(9), Session.Reason.SIGNED_OUT);

        assertThat(again).isFalse();
        assertThat(sessions().find(session.id())).contains(session.end(NOW, Session.Reason.REVOKED));
    }

    @Test
    default void a_session_past_its_end_can_still_be_ended() {
        Session session = SessionFixtures.anExpiredSession();
        sessions().insert(session, KID);

        assertThat(sessions().end(session.id(), NOW, Session.Reason.REVOKED)).isTrue();
    }

    @Test
    default void ending_what_is_not_there_ends_nothing() {
        assertThat(sessions().end(aSessionId(), NOW, Session.Reason.SIGNED_OUT)).isFalse();
    }

    @Test
    default void of_two_who_end_one_session_exactly_one_did() {
        for (int round = 0; round < 10; round++) {
            Session session = aLiveSession();
            sessions().insert(session, KID);
            List<Callable<Boolean>> enders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Instant at = NOW.plusSeconds(i);
                enders.add(() ->
                        transactions().inTransaction(() -> sessions().end(session.id(), at, Session.Reason.REVOKED)));
            }

            Race<Boolean> race = Race.between(enders);

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsOnlyOnce(true);
            Instant winner = NOW.plusSeconds(race.returned().indexOf(true));
            assertThat(sessions().find(session.id())).contains(session.end(winner, Session.Reason.REVOKED));
        }
    }

    @Test
    default void ending_all_of_an_account_ends_those_that_were_not_ended_before() {
        Account account = AccountFixtures.anAccount();
        Session live = aSessionOf(account);
        Session alsoLive = aSessionOf(account);
        Session ended = aSessionOf(account).end(NOW, Session.Reason.SIGNED_OUT);
        Session ofAnother = aLiveSession();
        for (Session each : List.of(live, alsoLive, ended, ofAnother))
            sessions().insert(each, KID);

        int count = sessions().endAllOf(account.id(), NOW.plusSeconds(5), Session.Reason.PASSWORD_CHANGED);

        assertThat(count).isEqualTo(2);
        assertThat(sessions().find(live.id())).contains(live.end(NOW.plusSeconds(5), Session.Reason.PASSWORD_CHANGED));
        assertThat(sessions().find(alsoLive.id()))
                .contains(alsoLive.end(NOW.plusSeconds(5), Session.Reason.PASSWORD_CHANGED));
        assertThat(sessions().find(ended.id())).contains(ended);
        assertThat(sessions().find(ofAnother.id())).contains(ofAnother);
        assertThat(sessions().endAllOf(account.id(), NOW.plusSeconds(6), Session.Reason.REVOKED))
                .isZero();
    }

    @Test
    default void those_end_of_which_a_key_signed_the_latest_token_and_no_others() {
        String lost = Samples.unique();
        Session signed = aLiveSession();
        Session signedAnew = aLiveSession();
        Session byAnother = aLiveSession();
        Session over = SessionFixtures.anExpiredSession();
        Session ended = aLiveSession().end(NOW.minusSeconds(1), Session.Reason.SIGNED_OUT);
        Session signedLater = aLiveSession();
        for (Session each : List.of(signedLater, byAnother)) sessions().insert(each, KID);
        for (Session each : List.of(signed, signedAnew, over, ended)) sessions().insert(each, lost);
        sessions().signed(signedLater.id(), lost);
        sessions().signed(signedAnew.id(), Samples.unique());
        sessions().signed(aSessionId(), lost);

        assertThat(sessions().countSignedBy(lost, NOW)).isEqualTo(2);
        assertThat(sessions().endSignedBy(lost, NOW, Session.Reason.REVOKED)).isEqualTo(2);
        assertThat(sessions().countSignedBy(lost, NOW)).isZero();
        assertThat(sessions().endSignedBy(lost, NOW, Session.Reason.REVOKED)).isZero();

        for (Session each : List.of(signed, signedLater))
            assertThat(sessions().find(each.id()).orElseThrow().state())
                    .isEqualTo(new Session.State.Ended(NOW, Session.Reason.REVOKED));
        for (Session each : List.of(signedAnew, byAnother, over, ended))
            assertThat(sessions().find(each.id())).contains(each);
    }

    @Test
    default void those_that_a_key_signed_are_counted_while_somebody_else_ends_them() {
        String lost = Samples.unique();
        sessions().insert(aLiveSession(), lost);
        List<Long> counted = new ArrayList<>();

        int ended = transactions().inTransaction(() -> {
            int all = sessions().endSignedBy(lost, NOW, Session.Reason.REVOKED);
            counted.addAll(Race.of(1, () -> sessions().countSignedBy(lost, NOW)).returned());
            return all;
        });

        assertThat(ended).isEqualTo(1);
        assertThat(counted).containsExactly(1L);
        assertThat(sessions().countSignedBy(lost, NOW)).isZero();
    }

    @Test
    default void ending_all_of_an_account_spares_an_earlier_account_of_the_same_name() {
        Account earlier = AccountFixtures.anAccount();
        Account later = AccountFixtures.anAccount(earlier.name().value());
        Session session = aSessionOf(earlier);
        sessions().insert(session, KID);

        assertThat(sessions().endAllOf(later.id(), NOW, Session.Reason.REVOKED)).isZero();

        assertThat(sessions().find(session.id())).contains(session);
    }

    @Test
    default void all_who_end_all_of_an_account_at_once_end_each_session_once() {
        for (int round = 0; round < 5; round++) {
            Account account = AccountFixtures.anAccount();
            for (int i = 0; i < 10; i++) sessions().insert(aSessionOf(account), KID);

            Race<Integer> race = Race.between(Collections.nCopies(
                    4,
                    () -> transactions()
                            .inTransaction(() -> sessions().endAllOf(account.id(), NOW, Session.Reason.REVOKED))));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned().stream().mapToInt(each -> each).sum()).isEqualTo(10);
        }
    }

    @Test
    default void what_a_transaction_wrote_it_finds_and_nobody_after_it_failed() {
        Session kept = aLiveSession();
        Session alsoKept = aLiveSession();
        Session added = aLiveSession();
        sessions().insert(kept, KID);
        sessions().insert(alsoKept, KID);

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    sessions().insert(added, KID);
                    sessions().end(kept.id(), NOW, Session.Reason.REVOKED);
                    sessions().endAllOf(alsoKept.account(), NOW, Session.Reason.REVOKED);
                    assertThat(sessions().find(added.id())).contains(added);
                    assertThat(sessions().find(kept.id())).contains(kept.end(NOW, Session.Reason.REVOKED));
                    assertThat(sessions().find(alsoKept.id())).contains(alsoKept.end(NOW, Session.Reason.REVOKED));
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(sessions().find(added.id())).isEmpty();
        assertThat(sessions().find(kept.id())).contains(kept);
        assertThat(sessions().find(alsoKept.id())).contains(alsoKept);
    }

    private static Session startedAt(Account account, Instant start) {
        return Session.start(
                aSessionId(), account, SessionRules.DEFAULT, new Origin("192.0.2.7", "curl/8.5", "request-1"), start);
    }

    /** All of them, page by page. */
    private List<Session> live(Sessions.Wanted wanted, int limit) {
        List<Session> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page<Session> page = sessions().live(wanted, new PageRequest(limit, next));
            assertThat(page.items().size()).isLessThanOrEqualTo(limit);
            all.addAll(page.items());
            next = page.next();
        } while (next.isPresent());
        return all;
    }

    private static Sessions.Wanted wanted(Account... accounts) {
        Set<AccountId> ids = new HashSet<>();
        for (Account each : accounts) ids.add(each.id());
        return new Sessions.Wanted(Optional.of(ids), NOW, Sessions.Bounds.NONE, Optional.empty());
    }

    @Test
    default void live_sessions_are_listed_the_newest_first_and_then_by_id_page_by_page() {
        Account alice = AccountFixtures.anAccount();
        Account bob = AccountFixtures.anAccount();
        List<Session> all = new ArrayList<>();
        for (int i = 0; i < 9; i++) all.add(startedAt(i % 2 == 0 ? alice : bob, NOW.minusSeconds(i / 3)));
        all.forEach(each -> sessions().insert(each, KID));
        sessions().insert(aLiveSession(), KID);
        sessions().insert(aSessionOf(alice).end(NOW, Session.Reason.REVOKED), KID);
        sessions().insert(startedAt(alice, NOW.minus(Duration.ofHours(25))), KID);
        all.sort(Comparator.comparing(Session::startedAt)
                .reversed()
                .thenComparing(each -> each.id().value()));

        for (int limit : List.of(1, 2, 4, 9, 100))
            assertThat(live(wanted(alice, bob), limit)).isEqualTo(all);
        assertThat(live(wanted(bob), 100))
                .isEqualTo(all.stream()
                        .filter(each -> each.account().equals(bob.id()))
                        .toList());
        assertThat(live(wanted(), 100)).isEmpty();
        assertThat(live(new Sessions.Wanted(Optional.empty(), NOW, Sessions.Bounds.NONE, Optional.empty()), 100))
                .containsAll(all);
    }

    @Test
    default void a_list_that_changes_skips_and_repeats_nothing_that_stays() {
        Account account = AccountFixtures.anAccount();
        List<Session> stays = new ArrayList<>();
        for (int i = 0; i < 6; i++) stays.add(startedAt(account, NOW.minusSeconds(10 + i)));
        stays.forEach(each -> sessions().insert(each, KID));
        Session goes = startedAt(account, NOW.minusSeconds(12));
        sessions().insert(goes, KID);
        Page<Session> first = sessions().live(wanted(account), new PageRequest(3, Optional.empty()));

        for (Session each : first.items())
            if (!stays.contains(each)) assertThat(each).isEqualTo(goes);
        sessions().end(goes.id(), NOW, Session.Reason.REVOKED);
        sessions().end(first.items().getLast().id(), NOW, Session.Reason.REVOKED);
        sessions().insert(startedAt(account, NOW), KID);
        Page<Session> second = sessions().live(wanted(account), new PageRequest(100, first.next()));

        List<Session> seen = new ArrayList<>(first.items());
        seen.addAll(second.items());
        assertThat(seen).doesNotHaveDuplicates().containsAll(stays);
    }

    @Test
    default void a_page_that_begins_nowhere_is_refused() {
        for (String place : List.of("x", "AAAA", "2026", "\uD83D\uDD11"))
            assertThatExceptionOfType(Refusal.Invalid.class)
                    .isThrownBy(() -> sessions().live(wanted(), new PageRequest(1, Optional.of(place))))
                    .satisfies(invalid ->
                            assertThat(invalid.faults().getFirst().rule()).isEqualTo(PageRequest.Broken.CONTINUE));
    }

    @Test
    default void sessions_that_were_not_seen_for_long_are_left_out_when_that_is_wanted() {
        Account account = AccountFixtures.anAccount();
        Session unused = startedAt(account, NOW.minusSeconds(100));
        Session used = startedAt(account, NOW.minusSeconds(100));
        sessions().insert(unused, KID);
        sessions().insert(used, KID);
        LastUse use = new LastUse(NOW.minusSeconds(50), "192.0.2.1", "");
        sessions().used(Map.of(used.id(), use));

        assertThat(live(seenAfter(account, NOW.minusSeconds(51)), 10)).containsExactly(used.used(use));
        assertThat(sessions().count(seenAfter(account, NOW.minusSeconds(51)))).isEqualTo(1);
        assertThat(live(seenAfter(account, use.at()), 10)).isEmpty();
        assertThat(sessions().count(seenAfter(account, use.at()))).isZero();
    }

    private static Sessions.Wanted seenAfter(Account account, Instant moment) {
        return new Sessions.Wanted(
                Optional.of(Set.of(account.id())), NOW, new Sessions.Bounds(moment, Instant.EPOCH), Optional.empty());
    }

    @Test
    default void what_stricter_bounds_would_leave_out_is_listed_counted_and_ended() {
        Account account = AccountFixtures.anAccount();
        Session young = startedAt(account, NOW.minusSeconds(10));
        Session old = startedAt(account, NOW.minusSeconds(100));
        Session idle = startedAt(account, NOW.minusSeconds(80));
        Session over = startedAt(account, NOW.minusSeconds(1_000));
        Session ofAnother = startedAt(AccountFixtures.anAccount(), NOW.minusSeconds(100));
        for (Session each : List.of(young, old, idle, over, ofAnother))
            sessions().insert(each, KID);
        LastUse use = new LastUse(NOW.minusSeconds(5), "192.0.2.1", "");
        sessions().used(Map.of(young.id(), use, old.id(), use));
        Sessions.Bounds inForce = new Sessions.Bounds(NOW.minusSeconds(500), NOW.minusSeconds(500));
        Sessions.Bounds stricter = new Sessions.Bounds(NOW.minusSeconds(60), NOW.minusSeconds(90));
        Sessions.Wanted between =
                new Sessions.Wanted(Optional.of(Set.of(account.id())), NOW, inForce, Optional.of(stricter));

        assertThat(live(between, 1)).containsExactly(idle, old.used(use));
        assertThat(sessions().count(between)).isEqualTo(2);
        assertThat(sessions().endAll(between, Session.Reason.REVOKED)).isEqualTo(2);

        assertThat(sessions().find(old.id())).contains(old.used(use).end(NOW, Session.Reason.REVOKED));
        assertThat(sessions().find(idle.id())).contains(idle.end(NOW, Session.Reason.REVOKED));
        assertThat(sessions().find(young.id())).contains(young.used(use));
        for (Session each : List.of(over, ofAnother))
            assertThat(sessions().find(each.id())).contains(each);
        assertThat(sessions().count(between)).isZero();
        assertThat(sessions().endAll(between, Session.Reason.REVOKED)).isZero();
    }

    @Test
    default void of_nobody_there_is_nothing_to_count_or_end() {
        Session session = aLiveSession();
        sessions().insert(session, KID);

        assertThat(sessions().count(wanted())).isZero();
        assertThat(sessions().endAll(wanted(), Session.Reason.REVOKED)).isZero();
        assertThat(sessions().find(session.id())).contains(session);
    }

    @Test
    default void an_account_has_its_live_sessions_the_oldest_first() {
        Account account = AccountFixtures.anAccount();
        Session oldest = startedAt(account, NOW.minusSeconds(9));
        Session newest = startedAt(account, NOW);
        sessions().insert(newest, KID);
        sessions().insert(oldest, KID);
        sessions().insert(aLiveSession(), KID);
        sessions().insert(aSessionOf(account).end(NOW, Session.Reason.REVOKED), KID);
        sessions().insert(startedAt(account, NOW.minus(Duration.ofHours(24)).minusSeconds(1)), KID);

        assertThat(sessions().liveOf(account.id(), NOW)).containsExactly(oldest, newest);
    }

    @Test
    default void beyond_the_newest_of_an_account_stand_the_oldest_first() {
        Account account = AccountFixtures.anAccount();
        Session first = startedAt(account, NOW.minusSeconds(9));
        Session second = startedAt(account, NOW.minusSeconds(6));
        Session third = startedAt(account, NOW.minusSeconds(3));
        for (Session each : List.of(second, first, third)) sessions().insert(each, KID);
        sessions().insert(aLiveSession(), KID);
        sessions().insert(aSessionOf(account).end(NOW, Session.Reason.REVOKED), KID);
        Sessions.Wanted all = wanted(account);

        assertThat(sessions().olderThanNewest(all, 0)).containsExactly(first, second, third);
        assertThat(sessions().olderThanNewest(all, 1)).containsExactly(first, second);
        assertThat(sessions().olderThanNewest(all, 3)).isEmpty();
        assertThat(sessions().olderThanNewest(all, 4)).isEmpty();
        Sessions.Wanted begunLately = new Sessions.Wanted(
                all.accounts(),
                NOW,
                new Sessions.Bounds(Sessions.Bounds.NONE.seenAfter(), NOW.minusSeconds(9)),
                Optional.empty());
        assertThat(sessions().olderThanNewest(begunLately, 1)).containsExactly(second);
    }

    @Test
    default void what_nobody_used_ends_as_idle_and_what_somebody_used_goes_on() {
        Account account = AccountFixtures.anAccount();
        // Long before the sessions of the other tests, which this must not touch.
        Instant then = NOW.minus(Duration.ofDays(2_000));
        Session unused = startedAt(account, then.minusSeconds(60));
        Session used = startedAt(account, then.minusSeconds(60));
        Session ended = startedAt(account, then.minusSeconds(60)).end(then.minusSeconds(30), Session.Reason.REVOKED);
        Session expired = startedAt(account, then.minus(Duration.ofHours(25)));
        for (Session each : List.of(unused, used, ended, expired)) sessions().insert(each, KID);
        LastUse use = new LastUse(then.minusSeconds(9), "192.0.2.1", "");
        sessions().used(Map.of(used.id(), use));

        Sessions.Wanted idle = Sessions.Wanted.beyond(new Sessions.Bounds(then.minusSeconds(10), Instant.EPOCH), then);
        sessions().endAll(idle, Session.Reason.IDLE);

        assertThat(sessions().find(unused.id())).contains(unused.end(then, Session.Reason.IDLE));
        assertThat(sessions().find(used.id())).contains(used.used(use));
        assertThat(sessions().find(ended.id())).contains(ended);
        assertThat(sessions().find(expired.id())).contains(expired);
        assertThat(sessions().endAll(idle, Session.Reason.IDLE)).isZero();
    }

    @Test
    default void what_ended_long_ago_is_removed_and_nothing_else() {
        Account account = AccountFixtures.anAccount();
        Instant then = NOW.minus(Duration.ofDays(30_000));
        Session expired = startedAt(account, then.minus(Duration.ofHours(25)));
        Session endedEarly = startedAt(account, then).end(then.minusSeconds(1), Session.Reason.REVOKED);
        Session endedLate = startedAt(account, then).end(then, Session.Reason.REVOKED);
        Session live = startedAt(account, then);
        for (Session each : List.of(expired, endedEarly, endedLate, live))
            sessions().insert(each, KID);

        int removed = 0;
        while (sessions().purge(then, 1) == 1) removed++;

        assertThat(removed).isGreaterThanOrEqualTo(2);
        assertThat(sessions().find(expired.id())).isEmpty();
        assertThat(sessions().find(endedEarly.id())).isEmpty();
        assertThat(sessions().find(endedLate.id())).contains(endedLate);
        assertThat(sessions().find(live.id())).contains(live);
    }

    @Test
    default void a_last_use_is_written_down_and_changes_nothing_else() {
        Session session = aLiveSession();
        Session other = aLiveSession();
        sessions().insert(session, KID);
        sessions().insert(other, KID);

        for (String text : Samples.TEXTS) {
            LastUse use = new LastUse(NOW.plusSeconds(Samples.TEXTS.indexOf(text)), "2001:db8::" + text, text);
            assertThat(sessions().used(Map.of(session.id(), use))).isEmpty();
            assertThat(sessions().find(session.id())).contains(session.used(use));
        }
        assertThat(sessions().find(other.id())).contains(other);
    }

    @Test
    default void a_last_use_never_goes_back() {
        Session session = aLiveSession();
        sessions().insert(session, KID);
        LastUse late = new LastUse(NOW.plusSeconds(9), "192.0.2.9", "late");
        sessions().used(Map.of(session.id(), late));

        sessions().used(Map.of(session.id(), new LastUse(NOW, "192.0.2.1", "early")));
        sessions().used(Map.of(session.id(), new LastUse(late.at(), "192.0.2.1", "of the same instant")));

        assertThat(sessions().find(session.id())).contains(session.used(late));
    }

    @Test
    default void many_last_uses_go_in_at_once_and_unknown_ids_are_told() {
        Map<SessionId, LastUse> uses = new HashMap<>();
        List<Session> all = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            Session session = aLiveSession();
            sessions().insert(session, KID);
            LastUse use = new LastUse(NOW.plusSeconds(i), "192.0.2.1", "agent " + i);
            uses.put(session.id(), use);
            all.add(session.used(use));
        }
        SessionId unknown = aSessionId();
        uses.put(unknown, new LastUse(NOW, "192.0.2.1", ""));

        assertThat(sessions().used(uses)).containsExactly(unknown);

        for (Session each : all) assertThat(sessions().find(each.id())).contains(each);
    }

    @Test
    default void of_last_uses_that_several_write_at_once_the_latest_stays() {
        List<SessionId> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Session session = aLiveSession();
            sessions().insert(session, KID);
            ids.add(session.id());
        }
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int writer = 0; writer < 6; writer++) {
            LastUse use = new LastUse(NOW.plusSeconds(writer), "192.0.2." + writer, "");
            writers.add(() -> {
                Map<SessionId, LastUse> left = new HashMap<>();
                for (SessionId each : ids) left.put(each, use);
                while (!left.isEmpty()) left.keySet().retainAll(sessions().used(left));
                return true;
            });
        }

        Race<Boolean> race = Race.between(writers);

        assertThat(race.thrown()).isEmpty();
        for (SessionId each : ids)
            assertThat(sessions().find(each).orElseThrow().lastUse())
                    .contains(new LastUse(NOW.plusSeconds(5), "192.0.2.5", ""));
    }

    private static Session withId(SessionId id, Session session) {
        return new Session(
                id,
                session.account(),
                session.name(),
                session.startedAt(),
                session.endsAt(),
                session.address(),
                session.userAgent(),
                session.unusual(),
                session.state(),
                session.lastUse());
    }
}
