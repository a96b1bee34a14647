package dev.gatehouse.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.shared.Origin;
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
        assertThat(session().claims("argocd"))
                .isEqualTo(new TokenClaims(
                        "argocd", "alice:login", "session-1", SECOND, SECOND, Optional.of(SECOND.plus(DAY))));
    }

    @Test
    void a_session_lasts_a_whole_number_of_seconds_above_zero() {
        for (Duration each :
                List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofMillis(1_500), Duration.ofDays(-1)))
            assertThatIllegalArgumentException().isThrownBy(() -> new SessionRules(each));
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
