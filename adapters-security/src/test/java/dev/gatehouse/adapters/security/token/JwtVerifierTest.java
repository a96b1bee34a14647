package dev.gatehouse.adapters.security.token;

import dev.gatehouse.adapters.testkit.token.TokenVerifierContract;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.TokenVerifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Algorithm.class)
class JwtVerifierTest implements TokenVerifierContract {
    /** All three algorithms give the same signature each time, and RSA takes long to give it. */
    private static final Map<List<Object>, String> FORGED = new ConcurrentHashMap<>();

    private final Workshop workshop;

    JwtVerifierTest(Algorithm algorithm) {
        workshop = Workshop.of(algorithm);
    }

    @Override
    public TokenVerifier tokenVerifier() {
        return workshop.verifier();
    }

    @Override
    public PublishedKeys publishedKeys() {
        return new RingPublishedKeys(workshop.ring());
    }

    @Override
    public String forge(String headerJson, String payloadJson) {
        return FORGED.computeIfAbsent(
                List.of(workshop.algorithm(), headerJson, payloadJson),
                key -> workshop.signed(headerJson, payloadJson));
    }
}
