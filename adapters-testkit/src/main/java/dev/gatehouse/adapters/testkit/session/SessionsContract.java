package dev.gatehouse.adapters.testkit.session;

import static dev.gatehouse.adapters.testkit.session.SessionFixtures.aLiveSession;
import static dev.gatehouse.adapters.testkit.session.SessionFixtures.aSessionId;
import static dev.gatehouse.adapters.testkit.session.SessionFixtures.aSessionOf;
import static dev.gatehouse.adapters.testkit.shared.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.account.AccountFixtures;
import dev.gatehouse.adapters.testkit.shared.Conflicts;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.LastUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                aLiveSession().end(NOW, Session.Reason.REVOKED))) {
            sessions().insert(each);
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
            sessions().insert(session);
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
            sessions().insert(session);
            assertThat(sessions().find(session.id())).contains(session);
        }
    }

    @Test
    default void an_id_that_was_ever_used_is_refused() {
        Session first = aLiveSession();
        sessions().insert(first);
        Session second = withId(first.id(), aLiveSession());

        Conflicts.assertRefused(
                () -> sessions().insert(second),
                Reason.ALREADY_EXISTS,
                Session.KIND,
                first.id().value());
        assertThat(sessions().find(first.id())).contains(first);

        sessions().end(first.id(), NOW, Session.Reason.SIGNED_OUT);
        Conflicts.assertRefused(
                () -> sessions().insert(second),
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
                transactions().inTransaction(() -> sessions().insert(mine));
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
        sessions().insert(session);
        sessions().insert(other);

        boolean ended = sessions().end(session.id(), NOW.plusNanos(1_000), Session.Reason.SIGNED_OUT);

        assertThat(ended).isTrue();
        assertThat(sessions().find(session.id()))
                .contains(session.end(NOW.plusNanos(1_000), Session.Reason.SIGNED_OUT));
        assertThat(sessions().find(other.id())).contains(other);
    }

    @Test
    default void the_first_end_wins() {
        Session session = aLiveSession();
        sessions().insert(session);
        sessions().end(session.id(), NOW, Session.Reason.REVOKED);

        boolean again = sessions().end(session.id(), NOW.plusSeconds(9), Session.Reason.SIGNED_OUT);

        assertThat(again).isFalse();
        assertThat(sessions().find(session.id())).contains(session.end(NOW, Session.Reason.REVOKED));
    }

    @Test
    default void a_session_past_its_end_can_still_be_ended() {
        Session session = SessionFixtures.anExpiredSession();
        sessions().insert(session);

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
            sessions().insert(session);
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
            sessions().insert(each);

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
    default void ending_all_of_an_account_spares_an_earlier_account_of_the_same_name() {
        Account earlier = AccountFixtures.anAccount();
        Account later = AccountFixtures.anAccount(earlier.name().value());
        Session session = aSessionOf(earlier);
        sessions().insert(session);

        assertThat(sessions().endAllOf(later.id(), NOW, Session.Reason.REVOKED)).isZero();

        assertThat(sessions().find(session.id())).contains(session);
    }

    @Test
    default void all_who_end_all_of_an_account_at_once_end_each_session_once() {
        for (int round = 0; round < 5; round++) {
            Account account = AccountFixtures.anAccount();
            for (int i = 0; i < 10; i++) sessions().insert(aSessionOf(account));

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
        sessions().insert(kept);
        sessions().insert(alsoKept);

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    sessions().insert(added);
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

    @Test
    default void a_last_use_is_written_down_and_changes_nothing_else() {
        Session session = aLiveSession();
        Session other = aLiveSession();
        sessions().insert(session);
        sessions().insert(other);

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
        sessions().insert(session);
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
            sessions().insert(session);
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
            sessions().insert(session);
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
                session.state(),
                session.lastUse());
    }
}
