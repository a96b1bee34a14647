package dev.gatehouse.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.session.SessionRules.Beyond;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refused;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.TokenClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Instant SECOND = Instant.parse("2026-03-01T10:15:30Z");
    private static final Instant NOW = SECOND.plusNanos(123_456_000);
    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void a_session_starts_and_ends_at_whole_seconds() {
        Session session = session();

        assertThat(session.startedAt()).isEqualTo(SECOND);
        assertThat(session.endsAt()).isEqualTo(SECOND.plus(DAY));
    }

    @Test
    void a_session_knows_whose_it_is_and_where_it_came_from() {
        Session session = session();

        assertThat(session.account()).isEqualTo(new AccountId("account-1"));
        assertThat(session.name()).isEqualTo(new Username("alice"));
        assertThat(session.address()).isEqualTo("192.0.2.7");
        assertThat(session.userAgent()).isEqualTo("curl/8.5");
    }

    @Test
    void a_session_counts_until_its_end_and_not_at_it() {
        assertThat(session().countsAt(NOW)).isTrue();
        assertThat(session().countsAt(SECOND.plus(DAY).minusNanos(1))).isTrue();
        assertThat(session().countsAt(SECOND.plus(DAY))).isFalse();
    }

    @Test
    void an_ended_session_never_counts() {
        for (Session.Reason reason : Session.Reason.values()) {
            Session ended = session().end(NOW.plusSeconds(5), reason);

            assertThat(ended.countsAt(NOW)).isFalse();
            assertThat(ended.countsAt(NOW.plusSeconds(6))).isFalse();
        }
    }

    @Test
    void the_first_end_wins() {
        Session ended = session().end(NOW, Session.Reason.SIGNED_OUT);

        assertThat(ended.end(NOW.plusSeconds(5), Session.Reason.REVOKED)).isSameAs(ended);
        assertThat(ended.state()).isEqualTo(new Session.State.Ended(NOW, Session.Reason.SIGNED_OUT));
    }

    @Test
    void its_claims_say_whose_it_is_and_when() {
        assertThat(session().claims("argocd", SessionRules.DEFAULT))
                .isEqualTo(new TokenClaims(
                        "argocd", "alice:login", "session-1", SECOND, SECOND, Optional.of(SECOND.plus(DAY))));
    }

    @Test
    void a_session_lasts_a_whole_number_of_seconds_above_zero() {
        for (Duration each :
                List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofMillis(1_500), Duration.ofDays(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SessionRules(each, Optional.empty(), DAY, Optional.empty()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SessionRules(DAY, Optional.empty(), each, Optional.empty()));
        }
    }

    @Test
    void no_rule_can_leave_nobody_signed_in() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionRules(DAY, Optional.of(Duration.ofSeconds(59)), DAY, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionRules.Limit(0, Beyond.END_OLDEST));
    }

    @Test
    void a_token_never_outlives_its_session() {
        SessionRules rules = rules(Duration.ofHours(10));
        Session session = session();

        assertThat(session.claims("argocd", rules).expiresAt()).contains(SECOND.plus(Duration.ofHours(10)));
        TokenClaims second = session.nextClaims("argocd", rules, "x", NOW.plus(Duration.ofHours(9)));
        assertThat(second)
                .isEqualTo(new TokenClaims(
                        "argocd",
                        "alice:login",
                        "session-1.x",
                        SECOND.plus(Duration.ofHours(9)),
                        SECOND.plus(Duration.ofHours(9)),
                        Optional.of(SECOND.plus(Duration.ofHours(19)))));
        assertThat(session.nextClaims("argocd", rules, "y", NOW.plus(Duration.ofHours(18)))
                        .expiresAt())
                .contains(session.endsAt());
    }

    @Test
    void every_token_leads_to_its_session() {
        assertThat(SessionId.ofToken("session-1")).isEqualTo(new SessionId("session-1"));
        assertThat(SessionId.ofToken("session-1.x.y")).isEqualTo(new SessionId("session-1"));
        assertThat(SessionId.ofToken("")).isEqualTo(new SessionId(""));
    }

    @Test
    void an_unused_session_ends_some_time_after_its_last_use_and_never_after_its_end() {
        SessionRules rules = rules(DAY);
        Session session = session();

        assertThat(session.idleEndsAt(rules)).contains(SECOND.plus(Duration.ofHours(1)));
        Session used = session.used(new LastUse(NOW.plusSeconds(60), "192.0.2.9", ""));
        assertThat(used.idleEndsAt(rules)).contains(NOW.plusSeconds(60).plus(Duration.ofHours(1)));
        Session late = session.used(new LastUse(SECOND.plus(Duration.ofHours(23)), "192.0.2.9", ""));
        assertThat(late.idleEndsAt(rules)).isEmpty();
        assertThat(session.idleEndsAt(new SessionRules(DAY, Optional.empty(), DAY, Optional.empty())))
                .isEmpty();
    }

    @Test
    void a_place_in_the_list_is_a_text_that_leads_back_to_it() {
        Session session = session();
        SessionPlace place = SessionPlace.of(session);

        assertThat(SessionPlace.of(place.text())).isEqualTo(place);
        assertThat(place.text()).matches("[A-Za-z0-9_-]+");
        assertThat(place.isBefore(session)).isFalse();
        for (String other : List.of("", "x", "!", "eA", "OTk5OTk5OTk5OTk5OTk5OSB4", "IDE"))
            assertThat(Refused.faultOf(() -> SessionPlace.of(other)).rule()).isEqualTo(PageRequest.Broken.CONTINUE);
    }

    private static SessionRules rules(Duration token) {
        return new SessionRules(DAY, Optional.of(Duration.ofHours(1)), token, Optional.empty());
    }

    private static Session session() {
        return Session.start(
                new SessionId("session-1"),
                Account.open(
                        new AccountId("account-1"), new Username("alice"), Set.of(Capability.LOGIN), true, "", NOW),
                SessionRules.DEFAULT,
                new Origin("192.0.2.7", "curl/8.5", "request-1"),
                NOW);
    }
}
