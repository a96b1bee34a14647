package dev.gatehouse.adapters.security.token;

import com.nimbusds.jose.jwk.JWK;
import dev.gatehouse.domain.token.SigningKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** One way to sign: what its keys are, how they sign and how they check. */
sealed interface SigningScheme permits Es256, Ed25519, Rs256 {
    /** The word for it in the header of a token and in a JWK. */
    String word();

    /** A new private key, complete with {@code kid} (its RFC 7638 thumbprint), {@code use} and {@code alg}. */
    JWK newKey();

    /** @throws IllegalArgumentException when it is no private key of this scheme */
    SignatureMaker maker(JWK key);

    /** @throws IllegalArgumentException when it is no sound key of this scheme */
    SignatureCheck check(JWK key);

    static SigningScheme of(SigningKey.Algorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> new Es256();
            case EDDSA -> new Ed25519();
            case RS256 -> new Rs256();
        };
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
