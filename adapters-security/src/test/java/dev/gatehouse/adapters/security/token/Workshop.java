package dev.gatehouse.adapters.security.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.adapters.security.Base64Url;
import dev.gatehouse.adapters.security.SecuritySettings;
import dev.gatehouse.adapters.testkit.shared.PlainSealer;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenVerifier;
import dev.gatehouse.domain.token.TokenVerifier.Flaw;
import dev.gatehouse.domain.token.TokenVerifier.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A verifier with one key, and that key to sign whatever a test thinks up. */
record Workshop(Algorithm algorithm, KeyRing ring, TokenVerifier verifier) {
    static final String CLAIMS =
            "{\"iss\":\"argocd\",\"sub\":\"ada:apiKey\",\"exp\":1900000000,\"nbf\":1800000000,\"iat\":1800000000,\"jti\":\"a-1\"}";

    private static final Map<Algorithm, Workshop> ALL = new EnumMap<>(Algorithm.class);

    /** Made once for each algorithm: an RSA key takes its time. */
    static synchronized Workshop of(Algorithm algorithm) {
        return ALL.computeIfAbsent(algorithm, Workshop::anew);
    }

    static Workshop anew(Algorithm algorithm) {
        KeyRing ring = ring(new ListedKeys(), algorithm);
        return new Workshop(algorithm, ring, new JwtVerifier(ring, TokenRules.DEFAULT));
    }

    static KeyRing ring(ListedKeys store, Algorithm algorithm) {
        return new KeyRing(
                store,
                new PlainSealer(),
                store.changes(),
                settings(algorithm.word()),
                InstantSource.fixed(Instant.ofEpochSecond(1)));
    }

    static SecuritySettings settings(String algorithm) {
        return new SecuritySettings(Path.of("nowhere"), Optional.empty(), false, algorithm);
    }

    String kid() {
        return ring.active().kid();
    }

    /** The header that our own tokens have. */
    String header() {
        return header("");
    }

    /** The same with more members in front; of a name given twice in it the parser must know. */
    String header(String more) {
        return "{" + more + "\"alg\":\"" + algorithm.word() + "\",\"typ\":\"JWT\",\"kid\":\"" + kid() + "\"}";
    }

    /** Signed by our own key, whatever it says. */
    String signed(String header, String claims) {
        return signed(header.getBytes(UTF_8), claims.getBytes(UTF_8));
    }

    String signed(byte[] header, byte[] claims) {
        String content = Base64Url.encode(header) + "." + Base64Url.encode(claims);
        return content + "." + Base64Url.encode(ring.active().secret().sign(content.getBytes(UTF_8)));
    }

    String with(byte[] signature) {
        return content() + "." + Base64Url.encode(signature);
    }

    String content() {
        return Base64Url.encode(header().getBytes(UTF_8)) + "." + Base64Url.encode(CLAIMS.getBytes(UTF_8));
    }

    /** Why it is refused; absent when it is not. */
    Optional<Flaw> flaw(String token) {
        return switch (verifier.verify(new PlainToken(token))) {
            case Verdict.Genuine genuine -> Optional.empty();
            case Verdict.Refused(Flaw flaw) -> Optional.of(flaw);
        };
    }

    @Override
    public String toString() {
        return algorithm.word();
    }
}
