package dev.gatehouse.adapters.security.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenVerifier.Flaw;
import dev.gatehouse.domain.token.TokenVerifier.Verdict;
import java.math.BigInteger;
import java.text.ParseException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The best current practices for JWTs, one test for each section of RFC 8725 that recommends something. That of 3.12 takes
 * records of tokens, so it stands where there are some: {@code VerificationTest}.
 */
class Rfc8725Test {
    private static final TokenClaims CLAIMS_OF_OURS = new TokenClaims(
            "argocd",
            "ada:apiKey",
            "a-1",
            Instant.ofEpochSecond(1_800_000_000),
            Instant.ofEpochSecond(1_800_000_000),
            Optional.empty());

    private final Workshop es256 = Workshop.of(Algorithm.ES256);

    @Test
    void section_3_1_the_algorithm_is_that_of_the_key_and_never_that_of_the_token() {
        for (Algorithm key : Algorithm.values())
            for (String said : List.of("ES256", "EdDSA", "RS256", "HS256", "PS256", "ES256K", "none")) {
                Workshop workshop = Workshop.of(key);
                String header = workshop.header().replace("\"" + key.word() + "\"", "\"" + said + "\"");
                if (said.equals(key.word()))
                    assertThat(workshop.flaw(workshop.signed(header, Workshop.CLAIMS)))
                            .isEmpty();
                else
                    assertThat(workshop.flaw(workshop.signed(header, Workshop.CLAIMS)))
                            .contains(Flaw.ALGORITHM_UNEXPECTED);
            }
    }

    @Test
    void section_3_2_only_appropriate_algorithms_are_there_at_all() {
        assertThat(EnumSet.allOf(Algorithm.class))
                .extracting(Algorithm::word)
                .containsExactlyInAnyOrder("ES256", "EdDSA", "RS256");
        for (String weak : List.of("none", "HS256", "RSA1_5", "ES256K", "RS1"))
            assertThat(Algorithm.of(weak)).isEmpty();
    }

    /** ECDSA with a nonce that is told by chance gives its key away when chance is bad; here key and text tell it (RFC 6979). */
    @Test
    void section_3_2_no_signature_rests_on_chance() {
        for (Algorithm each : Algorithm.values()) {
            KeyRing ring = Workshop.of(each).ring();
            String first = new JwtSigner(ring).sign(CLAIMS_OF_OURS).reveal();
            assertThat(new JwtSigner(ring).sign(CLAIMS_OF_OURS).reveal())
                    .as(each.word())
                    .isEqualTo(first);
        }
    }

    @Test
    void section_3_3_there_is_one_operation_and_when_it_fails_all_does() {
        String genuine = es256.signed(es256.header(), Workshop.CLAIMS);
        String[] parts = genuine.split("\\.", -1);
        assertThat(es256.flaw(genuine)).isEmpty();
        assertThat(es256.flaw(parts[0] + "." + parts[1] + ".")).contains(Flaw.SIGNATURE);
        // A nested token would need a second one, and is not taken.
        assertThat(es256.flaw(es256.signed(es256.header("\"cty\":\"JWT\","), "\"" + genuine + "\"")))
                .contains(Flaw.JSON);
    }

    @Test
    void section_3_4_a_point_that_is_not_on_the_curve_is_no_key() {
        Base64URL one = Base64URL.encode(BigInteger.ONE.toByteArray());
        assertThatExceptionOfType(ParseException.class)
                .isThrownBy(() -> VerificationKey.of(JWK.parse("{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\","
                        + "\"alg\":\"ES256\",\"kid\":\"k\",\"x\":\"" + one + "\",\"y\":\"" + one + "\"}")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationKey.of(new ECKey.Builder(
                                new ECKeyGenerator(Curve.P_384).generate().toPublicJWK())
                        .algorithm(JWSAlgorithm.ES256)
                        .keyUse(KeyUse.SIGNATURE)
                        .build()));
    }

    @Test
    void section_3_5_keys_are_made_with_enough_entropy_and_weak_ones_are_not_taken() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Base64URL d = new Es256().newKey().toECKey().getD();
            assertThat(secrets.add(d.toString())).isTrue();
            assertThat(d.decodeToBigInteger().bitLength()).isGreaterThan(128);
            byte[] seed = new Ed25519().newKey().toOctetKeyPair().getDecodedD();
            assertThat(seed).hasSize(32);
            assertThat(secrets.add(Base64URL.encode(seed).toString())).isTrue();
        }
        RSAKey rsa = new Rs256().newKey().toRSAKey();
        assertThat(new Rs256().newKey().toRSAKey().getModulus()).isNotEqualTo(rsa.getModulus());
        assertThat(rsa.size()).isGreaterThanOrEqualTo(2_048);
        for (int exponent : List.of(1, 3, 17, 65_536))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VerificationKey.of(new RSAKey.Builder(
                                    rsa.getModulus(),
                                    Base64URL.encode(
                                            BigInteger.valueOf(exponent).toByteArray()))
                            .algorithm(JWSAlgorithm.RS256)
                            .keyUse(KeyUse.SIGNATURE)
                            .build()));
        byte[] small = BigInteger.TWO.pow(1_023).add(BigInteger.ONE).toByteArray();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> VerificationKey.of(new RSAKey.Builder(Base64URL.encode(small), rsa.getPublicExponent())
                                .algorithm(JWSAlgorithm.RS256)
                                .keyUse(KeyUse.SIGNATURE)
                                .build()));
    }

    @Test
    void section_3_6_nothing_is_decompressed() {
        assertThat(es256.flaw(es256.signed(es256.header("\"zip\":\"DEF\","), Workshop.CLAIMS)))
                .contains(Flaw.HEADER_UNEXPECTED);
    }

    @Test
    void section_3_7_header_and_claims_are_utf_8_and_nothing_else() {
        assertThat(es256.flaw(es256.signed(es256.header(), Workshop.CLAIMS.replace("a-1", "Grüße"))))
                .isEmpty();
        assertThat(es256.flaw(es256.signed(
                        es256.header().getBytes(UTF_8),
                        Workshop.CLAIMS.replace("a-1", "Grüße").getBytes(ISO_8859_1))))
                .contains(Flaw.JSON);
    }

    @Test
    void section_3_8_the_issuer_is_ours_and_there_is_a_subject() {
        for (String other : List.of("\"other\"", "\"argocd \"", "\"ARGOCD\"", "[\"argocd\"]", "null"))
            assertThat(es256.flaw(es256.signed(es256.header(), Workshop.CLAIMS.replace("\"argocd\"", other))))
                    .contains(Flaw.ISSUER);
        assertThat(es256.flaw(es256.signed(es256.header(), Workshop.CLAIMS.replace("\"sub\":\"ada:apiKey\",", ""))))
                .contains(Flaw.ISSUER);
    }

    /** RFC 7519 section 4.1.3: no token of ours names an audience, and this service goes by no name as one. */
    @Test
    void section_3_9_a_token_that_names_an_audience_is_not_for_this_service_though_our_own_key_signed_it() {
        for (String audience : List.of("\"elsewhere\"", "[\"elsewhere\",\"argocd\"]", "\"argocd\"", "[]", "null"))
            assertThat(es256.flaw(es256.signed(
                            es256.header(), Workshop.CLAIMS.replace("\"jti\"", "\"aud\":" + audience + ",\"jti\""))))
                    .as(audience)
                    .contains(Flaw.AUDIENCE);
        assertThat(new String(
                        Base64URL.from(new JwtSigner(es256.ring())
                                        .sign(CLAIMS_OF_OURS)
                                        .reveal()
                                        .split("\\.", -1)[1])
                                .decode(),
                        UTF_8))
                .doesNotContain("\"aud\"");
    }

    /** Its keys sign for nobody else, and it believes no other key. */
    @Test
    void section_3_9_a_token_for_somebody_else_is_signed_by_somebody_else() {
        Workshop elsewhere = Workshop.anew(Algorithm.ES256);
        assertThat(es256.flaw(elsewhere.signed(elsewhere.header(), Workshop.CLAIMS)))
                .contains(Flaw.KEY_UNKNOWN);
        JwtVerifier other = new JwtVerifier(
                es256.ring(), new TokenRules("https://other.example.com", TokenRules.DEFAULT.longest()));
        assertThat(other.verify(new PlainToken(es256.signed(es256.header(), Workshop.CLAIMS))))
                .isEqualTo(new Verdict.Refused(Flaw.ISSUER));
    }

    @Test
    void section_3_10_what_the_header_says_is_looked_up_and_never_followed() {
        for (String asks : List.of(
                "\"jku\":\"https://evil.example.com/keys\",",
                "\"x5u\":\"https://evil.example.com/cert\",",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"},"))
            assertThat(es256.flaw(es256.signed(es256.header(asks), Workshop.CLAIMS)))
                    .contains(Flaw.HEADER_UNEXPECTED);
        for (String kid : List.of("../../etc/passwd", "' or 1=1 --", "${jndi:ldap://x}", "x\\u0000"))
            assertThat(es256.flaw(es256.signed(
                            "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}", Workshop.CLAIMS)))
                    .contains(Flaw.KEY_UNKNOWN);
    }

    @Test
    void section_3_11_a_jwt_of_another_type_is_refused() {
        for (String type : List.of("at+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt", "JOSE"))
            assertThat(es256.flaw(es256.signed(es256.header().replace("\"JWT\"", "\"" + type + "\""), Workshop.CLAIMS)))
                    .contains(Flaw.TYPE_UNEXPECTED);
    }
}
