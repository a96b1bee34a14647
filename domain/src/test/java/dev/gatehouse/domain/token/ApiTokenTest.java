package dev.gatehouse.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import dev.gatehouse.domain.shared.Rule;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiTokenTest {
    private static final Instant SECOND = Instant.parse("2026-03-01T10:15:30Z");
    private static final Instant NOW = SECOND.plusNanos(999_999_999);
    private static final TokenSubject ROLE =
            new TokenSubject.OfProjectRole(new ProjectId("1"), new ProjectName("demo"), new RoleName("ci"));

    @Test
    void a_token_is_issued_and_ends_at_whole_seconds() {
        ApiToken token = issue(Lifetime.ofSeconds(60));

        assertThat(token.issuedAt()).isEqualTo(SECOND);
        assertThat(token.expiresAt()).contains(SECOND.plusSeconds(60));
    }

    @Test
    void a_token_counts_until_its_end_and_not_at_it() {
        ApiToken token = issue(Lifetime.ofSeconds(60));

        assertThat(token.countsAt(NOW)).isTrue();
        assertThat(token.countsAt(SECOND.plusSeconds(60).minusNanos(1))).isTrue();
        assertThat(token.countsAt(SECOND.plusSeconds(60))).isFalse();
        assertThat(token.countsAt(SECOND.plusSeconds(61))).isFalse();
    }

    @Test
    void a_token_without_an_end_counts_for_ever() {
        ApiToken token = issue(Lifetime.ENDLESS);

        assertThat(token.expiresAt()).isEmpty();
        assertThat(token.countsAt(Instant.MAX)).isTrue();
    }

    @Test
    void a_revoked_token_never_counts() {
        ApiToken token = issue(Lifetime.ENDLESS).revoke(NOW, "admin");

        assertThat(token.isRevoked()).isTrue();
        assertThat(token.countsAt(NOW)).isFalse();
        assertThat(token.countsAt(SECOND.minusSeconds(60))).isFalse();
    }

    @Test
    void the_first_revocation_wins() {
        ApiToken once = issue(Lifetime.ENDLESS).revoke(NOW, "alice");

        assertThat(once.revoke(NOW.plusSeconds(5), "bob")).isSameAs(once);
        assertThat(once.state()).isEqualTo(new ApiToken.State.Revoked(NOW, "alice", ""));
    }

    @Test
    void a_description_has_at_most_255_characters_however_wide() {
        described("\uD83D\uDD11".repeat(255));
        assertThat(Refused.faultOf(() -> described("a".repeat(256))).rule()).isEqualTo(TokenRule.DESCRIPTION_LENGTH);
    }

    @Test
    void a_description_holds_no_control_characters_whether_it_is_new_or_that_of_a_successor() {
        Fault fault = new Fault("description", Rule.OfText.CONTROL_CHARACTER, "U+001B");
        assertThat(Refused.faultOf(() -> described("a\u001bb"))).isEqualTo(fault);
        assertThat(Refused.faultOf(() -> succeeded(described("two\nlines"), "\u001b")))
                .isEqualTo(fault);
        assertThat(succeeded(described("two\nlines"), "a\ttab").description()).isEqualTo("a\ttab");
    }

    @Test
    void a_token_whose_stored_description_holds_a_control_character_is_rotated_as_it_is() {
        ApiToken made = described("");
        ApiToken stored = new ApiToken(
                made.id(),
                made.name(),
                made.subject(),
                "\u001b",
                made.issuedAt(),
                made.notBefore(),
                made.expiresAt(),
                made.createdBy(),
                made.signedBy(),
                made.restrictions(),
                made.lineage(),
                made.uses(),
                made.state());

        assertThat(succeeded(stored, stored.description()).description()).isEqualTo("\u001b");
    }

    private static ApiToken succeeded(ApiToken token, String description) {
        return token.successor(
                new TokenId("id-2"), new TokenName("nightly-2"), description, Lifetime.ENDLESS, "admin", NOW);
    }

    @Test
    void its_claims_say_whom_it_speaks_for_and_when() {
        assertThat(issue(Lifetime.ofSeconds(60)).claims("argocd"))
                .isEqualTo(new TokenClaims(
                        "argocd", "proj:demo:ci", "id-1", SECOND, SECOND, Optional.of(SECOND.plusSeconds(60))));
        assertThat(new TokenSubject.OfAccount(new AccountId("1"), new Username("alice")).claim())
                .isEqualTo("alice:apiKey");
    }

    @Test
    void a_plain_token_shows_only_where_it_is_revealed() {
        PlainToken token = new PlainToken("hush.hush.hush");

        assertThat(token.toString()).doesNotContain("hush");
        assertThat(token.reveal()).isEqualTo("hush.hush.hush");
        assertThat(token.digest())
                .matches("[0-9a-f]{64}")
                .isEqualTo(new PlainToken("hush.hush.hush").digest())
                .isNotEqualTo(new PlainToken("hush.hush.husH").digest());
    }

    private static ApiToken issue(Lifetime lifetime) {
        return ApiToken.issue(new TokenId("id-1"), new TokenName("nightly"), ROLE, "", lifetime, "admin", NOW);
    }

    private static ApiToken described(String description) {
        return ApiToken.issue(
                new TokenId("id-1"), new TokenName("nightly"), ROLE, description, Lifetime.ENDLESS, "admin", NOW);
    }
}
