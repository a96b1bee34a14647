package dev.gatehouse.adapters.security.token;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.TokenVerifier.Flaw;
import java.util.Arrays;
import java.util.Optional;

/**
 * A key that signatures are checked with.
 *
 * @param kid names it; empty when it has no name
 * @param algorithm the only one it is used for, whatever a token says
 */
record VerificationKey(String kid, String algorithm, SignatureCheck check) {
    /**
     * The public half of a JWK.
     *
     * @throws IllegalArgumentException when it names no algorithm of ours, is not meant for signatures, or is unsound
     */
    static VerificationKey of(JWK key) {
        String algorithm = Optional.ofNullable(key.getAlgorithm())
                .map(Algorithm::getName)
                .orElseThrow(() -> new IllegalArgumentException("the key does not say what algorithm it is for"));
        SigningScheme scheme = Arrays.stream(SigningKey.Algorithm.values())
                .map(SigningScheme::of)
                .filter(each -> each.word().equals(algorithm))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the key is for " + algorithm));
        requireForSignatures(key);
        return new VerificationKey(Optional.ofNullable(key.getKeyID()).orElse(""), algorithm, scheme.check(key));
    }

    /** What is wrong with the token as far as header and signature go; absent: this key signed it. */
    Optional<Flaw> flawIn(CompactJws jws) {
        return jws.headerFlaw(Optional.of(algorithm)).or(() -> signatureFlaw(jws));
    }

    Optional<Flaw> signatureFlaw(CompactJws jws) {
        return jws.passes(check) ? Optional.empty() : Optional.of(Flaw.SIGNATURE);
    }

    /** @throws IllegalArgumentException when {@code use} or {@code key_ops} say that it is for something else */
    static void requireForSignatures(JWK key) {
        boolean use = Optional.ofNullable(key.getKeyUse())
                .map(KeyUse.SIGNATURE::equals)
                .orElse(true);
        boolean operations = Optional.ofNullable(key.getKeyOperations())
                .map(named -> named.contains(KeyOperation.VERIFY) || named.contains(KeyOperation.SIGN))
                .orElse(true);
        if (!use || !operations) throw new IllegalArgumentException("the key is not for signatures");
    }
}
