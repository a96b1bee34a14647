package dev.gatehouse.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastUseTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");
    private static final LastUse EARLY = new LastUse(NOW, "192.0.2.1", "curl/8.5");
    private static final LastUse LATE = new LastUse(NOW.plusSeconds(1), "192.0.2.2", "");

    @Test
    void the_later_of_two_counts_and_the_first_of_one_instant() {
        assertThat(EARLY.orLater(LATE)).isEqualTo(LATE);
        assertThat(LATE.orLater(EARLY)).isEqualTo(LATE);
        assertThat(EARLY.orLater(new LastUse(NOW, "192.0.2.3", ""))).isEqualTo(EARLY);
    }

    @Test
    void a_new_token_was_never_used_and_a_use_neither_ends_nor_revives_it() {
        ApiToken token = ApiToken.issue(
                new TokenId("t"),
                new TokenName("t"),
                new TokenSubject.OfAccount(new AccountId("1"), new Username("alice")),
                "",
                Lifetime.ENDLESS,
                "alice",
                NOW);

        assertThat(token.lastUse()).isEmpty();
        assertThat(token.used(LATE).used(EARLY).lastUse()).contains(LATE);
        assertThat(token.used(LATE).countsAt(NOW)).isTrue();
        assertThat(token.revoke(NOW, "bob").used(LATE).isRevoked()).isTrue();
        assertThat(token.used(LATE).revoke(NOW, "bob").lastUse()).contains(LATE);
    }
}
