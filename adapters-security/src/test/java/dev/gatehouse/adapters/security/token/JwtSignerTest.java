package dev.gatehouse.adapters.security.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.adapters.security.Base64Url;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.TokenClaims;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JwtSignerTest {
    private static final TokenClaims CLAIMS = new TokenClaims(
            "argocd",
            "proj:café \"x\"\\:ci",
            "a-1",
            Instant.ofEpochSecond(1_800_000_000),
            Instant.ofEpochSecond(1_800_000_001),
            Optional.of(Instant.ofEpochSecond(1_900_000_000)));

    @Test
    void header_and_claims_are_these_and_in_this_order() {
        Workshop workshop = Workshop.of(Algorithm.ES256);
        String[] parts = new JwtSigner(workshop.ring()).sign(CLAIMS).reveal().split("\\.");

        assertThat(text(parts[0])).isEqualTo("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + workshop.kid() + "\"}");
        assertThat(text(parts[1]))
                .isEqualTo("{\"iss\":\"argocd\",\"sub\":\"proj:café \\\"x\\\"\\\\:ci\",\"exp\":1900000000,"
                        + "\"nbf\":1800000001,\"iat\":1800000000,\"jti\":\"a-1\"}");
    }

    @Test
    void a_token_without_an_end_has_no_exp() {
        TokenClaims endless = new TokenClaims(
                CLAIMS.issuer(),
                CLAIMS.subject(),
                CLAIMS.id(),
                CLAIMS.issuedAt(),
                CLAIMS.notBefore(),
                Optional.empty());
        String[] parts = new JwtSigner(Workshop.of(Algorithm.ES256).ring())
                .sign(endless)
                .reveal()
                .split("\\.");

        assertThat(text(parts[1])).doesNotContain("exp").contains("\"nbf\":1800000001");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void what_bouncy_castle_signs_the_jdk_verifies_against_the_published_key(Algorithm algorithm) throws Exception {
        Workshop workshop = Workshop.of(algorithm);
        JWK open = JWK.parse(Map.copyOf(
                new RingPublishedKeys(workshop.ring()).published().getFirst().members()));
        for (int i = 0; i < 20; i++) {
            SignedJWT token =
                    SignedJWT.parse(new JwtSigner(workshop.ring()).sign(CLAIMS).reveal());
            assertThat(token.getHeader().getKeyID()).isEqualTo(open.getKeyID());
            if (algorithm == Algorithm.EDDSA) {
                Signature check = Signature.getInstance("Ed25519");
                check.initVerify(KeyFactory.getInstance("Ed25519")
                        .generatePublic(new EdECPublicKeySpec(
                                NamedParameterSpec.ED25519,
                                point(open.toOctetKeyPair().getDecodedX()))));
                check.update(token.getSigningInput());
                assertThat(check.verify(token.getSignature().decode())).isTrue();
            } else {
                JWSVerifier check = algorithm == Algorithm.ES256
                        ? new ECDSAVerifier(open.toECKey())
                        : new RSASSAVerifier(open.toRSAKey());
                assertThat(token.verify(check)).isTrue();
            }
        }
    }

    private static String text(String part) {
        return new String(Base64Url.decode(part).orElseThrow(), UTF_8);
    }

    /** RFC 8032 section 5.1.2: little-endian, the highest bit is the sign of x. */
    private static EdECPoint point(byte[] encoded) {
        byte[] y = new byte[encoded.length];
        for (int i = 0; i < y.length; i++) y[i] = encoded[y.length - 1 - i];
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        return new EdECPoint(odd, new BigInteger(1, y));
    }
}
