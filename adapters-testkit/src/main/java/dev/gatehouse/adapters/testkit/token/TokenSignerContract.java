package dev.gatehouse.adapters.testkit.token;

import static dev.gatehouse.adapters.testkit.token.TokenFixtures.claims;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.endlessClaims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.PublishedKey;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.TokenSigner;
import dev.gatehouse.domain.token.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link TokenSigner} promises, and that the {@link TokenVerifier} beside it believes it. */
public interface TokenSignerContract {
    /** The port under test. */
    TokenSigner tokenSigner();

    /** What verifies its tokens; {@link TokenVerifierContract} says what it refuses. */
    TokenVerifier tokenVerifier();

    /** The keys that its tokens can be verified with. */
    PublishedKeys publishedKeys();

    /** The {@code iss} of genuine tokens. */
    default String issuer() {
        return "argocd";
    }

    /** Whether the signature fits the key, found out with the Java platform alone, as a stranger would. */
    default boolean fitsOffLine(byte[] signed, byte[] signature, PublishedKey key) {
        return OffLineVerification.fits(signed, signature, key);
    }

    @Test
    default void what_was_signed_is_genuine_and_says_the_same() {
        for (TokenClaims each : List.of(claims(), endlessClaims()))
            assertThat(tokenVerifier().verify(tokenSigner().sign(ours(each))))
                    .isEqualTo(new TokenVerifier.Verdict.Genuine(ours(each)));
    }

    @Test
    default void by_the_key_that_signs_now_a_token_can_be_asked_for_by_name() {
        TokenSigner signer = tokenSigner();
        PlainToken token = signer.sign(ours(claims()), signer.kid());
        assertThat(tokenVerifier().verify(token)).isInstanceOf(TokenVerifier.Verdict.Genuine.class);
        assertThat(new String(CompactForm.decode(CompactForm.of(token.reveal()).header()), StandardCharsets.UTF_8))
                .contains("\"kid\":\"" + signer.kid() + "\"");
    }

    @Test
    default void what_no_key_signs_is_not_made() {
        assertThatExceptionOfType(Refusal.Unmet.class)
                .isThrownBy(() -> tokenSigner().sign(claims(), "no-such-key"))
                .satisfies(each -> assertThat(each.fault().rule()).isEqualTo(TokenRule.KEY_GONE));
    }

    @Test
    default void any_text_can_be_signed() {
        for (String text : List.of(
                "proj:demo:ci",
                "quote \" backslash \\ slash / control \u0001 \u0000 \r\n\t",
                "Grüße, 日本語 \u2028\u2029 \uD83D\uDD11",
                "</script><!-- {}[],:")) {
            TokenClaims claims = new TokenClaims(
                    issuer(), text, text + Samples.unique(), second(0), second(1), Optional.of(second(2)));
            assertThat(tokenVerifier().verify(tokenSigner().sign(claims)))
                    .isEqualTo(new TokenVerifier.Verdict.Genuine(claims));
        }
    }

    @Test
    default void each_of_the_times_is_its_own() {
        TokenClaims claims = new TokenClaims(
                issuer(),
                "alice:login",
                Samples.unique(),
                Instant.ofEpochSecond(1),
                Instant.ofEpochSecond(0),
                Optional.of(Instant.ofEpochSecond(253_402_300_799L)));

        assertThat(tokenVerifier().verify(tokenSigner().sign(claims)))
                .isEqualTo(new TokenVerifier.Verdict.Genuine(claims));
    }

    @Test
    default void a_token_is_a_compact_jws_of_three_canonical_parts() {
        String token = tokenSigner().sign(ours(claims())).reveal();

        CompactForm form = CompactForm.of(token);
        for (String part : List.of(form.header(), form.payload(), form.signature()))
            assertThat(CompactForm.encode(CompactForm.decode(part))).isEqualTo(part);
        assertThat(CompactForm.decode(form.signature())).hasSizeGreaterThanOrEqualTo(64);
    }

    @Test
    default void the_header_says_algorithm_type_and_key_and_nothing_else() {
        Map<String, StrictJson.Value> header = members(
                CompactForm.of(tokenSigner().sign(ours(claims())).reveal()).header());

        Map<String, String> active = publishedKeys().published().getFirst().members();
        assertThat(header)
                .isEqualTo(Map.of(
                        "alg",
                        new StrictJson.Value.Text(active.getOrDefault("alg", "")),
                        "typ",
                        new StrictJson.Value.Text("JWT"),
                        "kid",
                        new StrictJson.Value.Text(active.getOrDefault("kid", ""))));
    }

    @Test
    default void the_claims_are_said_under_their_registered_names() {
        TokenClaims claims = ours(claims());

        Map<String, StrictJson.Value> payload =
                members(CompactForm.of(tokenSigner().sign(claims).reveal()).payload());

        assertThat(payload)
                .isEqualTo(Map.of(
                        "iss",
                        new StrictJson.Value.Text(issuer()),
                        "sub",
                        new StrictJson.Value.Text(claims.subject()),
                        "jti",
                        new StrictJson.Value.Text(claims.id()),
                        "iat",
                        new StrictJson.Value.Whole(claims.issuedAt().getEpochSecond()),
                        "nbf",
                        new StrictJson.Value.Whole(claims.notBefore().getEpochSecond()),
                        "exp",
                        new StrictJson.Value.Whole(
                                claims.expiresAt().orElseThrow().getEpochSecond())));
    }

    @Test
    default void a_token_without_an_end_does_not_speak_of_one() {
        assertThat(members(
                        CompactForm.of(tokenSigner().sign(ours(endlessClaims())).reveal())
                                .payload()))
                .containsOnlyKeys("iss", "sub", "jti", "iat", "nbf");
    }

    @Test
    default void anyone_can_verify_it_with_the_key_that_its_header_names() {
        PublishedKey active = publishedKeys().published().getFirst();
        CompactForm form = CompactForm.of(tokenSigner().sign(ours(claims())).reveal());
        byte[] signature = CompactForm.decode(form.signature());
        byte[] signed = form.signed().getBytes(StandardCharsets.US_ASCII);

        assertThat(fitsOffLine(signed, signature, active)).isTrue();
        signed[signed.length - 1] ^= 1;
        assertThat(fitsOffLine(signed, signature, active)).isFalse();
    }

    @Test
    default void threads_that_sign_together_get_their_own_tokens() {
        Race<Boolean> race = Race.of(8, () -> {
            for (int i = 0; i < 10; i++) {
                TokenClaims claims = ours(claims());
                PlainToken token = tokenSigner().sign(claims);
                if (!tokenVerifier().verify(token).equals(new TokenVerifier.Verdict.Genuine(claims))) return false;
            }
            return true;
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsOnly(true);
    }

    private TokenClaims ours(TokenClaims claims) {
        return new TokenClaims(
                issuer(), claims.subject(), claims.id(), claims.issuedAt(), claims.notBefore(), claims.expiresAt());
    }

    private static Instant second(long later) {
        return Instant.ofEpochSecond(Samples.NOW.getEpochSecond() + later);
    }

    private static Map<String, StrictJson.Value> members(String part) {
        return StrictJson.object(CompactForm.decode(part))
                .orElseThrow(() -> new AssertionError("this part is no JSON object"));
    }
}
