package dev.gatehouse.adapters.rest;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.AccessRule;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountRule;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.project.ProjectRule;
import dev.gatehouse.domain.session.SessionRule;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Rule;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.TokenVerifier.Flaw;
import dev.gatehouse.domain.webhook.WebhookRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WordingTest {

    @TestFactory
    Stream<DynamicTest> every_rule_has_a_sentence() {
        return Stream.<Rule[]>of(
                        AccountRule.values(),
                        ProjectRule.values(),
                        TokenRule.values(),
                        WebhookRule.values(),
                        SessionRule.values(),
                        AccessRule.values(),
                        AccessQuestion.Broken.values(),
                        PageRequest.Broken.values(),
                        Rule.OfText.values())
                .flatMap(Arrays::stream)
                .map(rule -> DynamicTest.dynamicTest(rule.getClass().getSimpleName() + " " + rule, () -> {
                    Fault fault = new Fault("a.b", rule, "one", "two", "three");
                    Problem problem = Wording.of(new Refusal.Invalid(List.of(fault)));
                    assertThat(problem.message()).isNotBlank().doesNotContain("null");
                    assertThat(problem.status())
                            .isEqualTo(problem.code().status())
                            .isLessThan(500);
                }));
    }

    @Test
    void who_repeats_a_request_with_a_token_that_could_not_make_it_is_told_what_helps() {
        Problem problem = Wording.of(new Refusal.Unmet(TokenRule.MORE_THAN_SHOWN));

        assertThat(problem.status()).isEqualTo(403);
        assertThat(problem.message())
                .isEqualTo(
                        "what this Idempotency-Key stands for may do more, or counts longer, than the token you show;"
                                + " use a new Idempotency-Key, or show what you first sent this one with");
    }

    /** As Argo CD words it where its text shows neither its library nor its kind of key (contract 2.3). */
    @Test
    void every_flaw_of_a_token_has_its_words() {
        Map<Flaw, String> words = new EnumMap<>(Map.ofEntries(
                entry(Flaw.TOO_LONG, "token is malformed: token is longer than 8192 characters"),
                entry(Flaw.SEGMENTS, "token is malformed: token contains an invalid number of segments"),
                entry(Flaw.ENCODING, "token is malformed: a part is not base64url"),
                entry(Flaw.JSON, "token is malformed: header or claims are not a JSON object with each member once"),
                entry(Flaw.ALGORITHM_MISSING, "token is unverifiable: signing method (alg) is unspecified"),
                entry(Flaw.ALGORITHM_UNEXPECTED, "token is unverifiable: unexpected signing method"),
                entry(Flaw.HEADER_UNEXPECTED, "token is unverifiable: the header asks for what is not done here"),
                entry(Flaw.TYPE_UNEXPECTED, "token is unverifiable: typ is not JWT"),
                entry(Flaw.KEY_UNKNOWN, "token is unverifiable: it names no signing key of ours"),
                entry(
                        Flaw.KEY_REVOKED,
                        "token is signed by a key that is revoked; sign in again, or have another token made"),
                entry(Flaw.SIGNATURE, "token signature is invalid: signature is invalid"),
                entry(Flaw.ISSUER, "token has invalid claims: issuer or subject is not ours"),
                entry(Flaw.AUDIENCE, "token has invalid claims: token has invalid audience"),
                entry(Flaw.ISSUED_AT_MISSING, "token does not have iat claim"),
                entry(Flaw.ISSUED_AT_TYPE, "token has invalid claims: invalid type for claim: iat is invalid"),
                entry(Flaw.EXPIRES_AT_TYPE, "token has invalid claims: invalid type for claim: exp is invalid"),
                entry(Flaw.NOT_BEFORE_TYPE, "token has invalid claims: invalid type for claim: nbf is invalid"),
                entry(Flaw.ID_MISSING, "token does not have a unique identifier (jti claim) and cannot be validated")));
        assertThat(words).containsOnlyKeys(Flaw.values());
        words.forEach((flaw, told) -> {
            Problem problem = Wording.of(new Rejection.Forged(flaw));
            assertThat(problem.message()).isEqualTo("invalid session: " + told);
            assertThat(problem.status()).isEqualTo(401);
            assertThat(problem.shape().code()).isEqualTo(16);
        });
    }

    @Test
    void every_way_not_to_count_is_told_in_words_that_clients_know() {
        Instant then = Instant.ofEpochSecond(1613054077);
        assertThat(Stream.<Rejection>of(
                                new Rejection.Expired(),
                                new Rejection.NotYetValid(),
                                new Rejection.AccountGone("bob"),
                                new Rejection.AccountDisabled("bob"),
                                new Rejection.CapabilityGone("bob", Capability.LOGIN),
                                new Rejection.SessionEnded(),
                                new Rejection.PasswordChanged(),
                                new Rejection.AccountTokenGone("bob", "ci"),
                                new Rejection.ProjectTokenGone("demo", "ci", then),
                                new Rejection.ProjectGone("demo"))
                        .map(each -> Wording.of(each).message().substring("invalid session: ".length())))
                .containsExactly(
                        "token has invalid claims: token is expired",
                        "token has invalid claims: token is not valid yet",
                        "rpc error: code = NotFound desc = account 'bob' does not exist",
                        "account bob is disabled",
                        "account bob does not have 'login' capability",
                        "token is revoked, please re-login",
                        "account password has changed since token issued",
                        "account bob does not have token with id ci",
                        "JWT token for role 'ci' issued at '1613054077' does not exist in project 'demo'",
                        "appproject.argoproj.io \"demo\" not found");
    }

    @Test
    void a_no_names_what_was_asked_and_when_the_credential_was_issued() {
        Refusal.Forbidden forbidden = new Refusal.Forbidden(
                "projects", "get", "demo", "alice", Optional.of(Instant.parse("2026-08-22T10:00:00.5Z")));
        assertThat(Wording.of(forbidden).message())
                .isEqualTo("permission denied: projects, get, demo, sub: alice, iat: 2026-08-22T10:00:00Z");
        assertThat(Wording.of(new Refusal.Forbidden("projects", "get", "demo", "", Optional.empty()))
                        .message())
                .isEqualTo("permission denied: projects, get, demo");
    }

    @Test
    void what_is_unavailable_may_be_asked_for_again() {
        Problem problem = Wording.of(new Refusal.Unavailable(PasswordHasher.PART, Duration.ofMillis(200)));
        assertThat(problem.shape().code()).isEqualTo(14);
        assertThat(problem.reply().header("Retry-After")).isEqualTo("1");
        assertThat(problem.message()).isEqualTo("too many are signing in at once; try again in a moment");
        assertThat(Wording.of(new Refusal.Unavailable(Account.KIND, Duration.ofSeconds(1)))
                        .message())
                .isEqualTo("the account was changed meanwhile; sign in again");
        assertThat(Wording.of(new Refusal.Unavailable("database", Duration.ofSeconds(1)))
                        .message())
                .isEqualTo("database is unavailable; try again in a moment");
    }

    @Test
    void several_faults_stand_in_the_details() {
        Problem problem = Wording.of(new Refusal.Invalid(
                List.of(new Fault("name", AccountRule.NAME_SHAPE, "a b"), new Fault("id", TokenRule.ID_SHAPE))));
        assertThat(problem.message()).endsWith("; and 1 more, see details");
        assertThat(problem.details()).extracting(Problem.Detail::field).containsExactly("name", "id");
    }
}
