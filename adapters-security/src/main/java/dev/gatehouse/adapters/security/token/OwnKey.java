package dev.gatehouse.adapters.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.token.PublishedKey;
import dev.gatehouse.domain.token.SigningKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One of our signing keys, ready for use. */
record OwnKey(VerificationKey open, SignatureMaker secret, PublishedKey published) {
    String kid() {
        return open.kid();
    }

    /** A new key in the form that is stored; it waits for its turn. */
    static SigningKey made(SigningKey.Algorithm algorithm, SecretSealer sealer, Instant now) {
        JWK key = SigningScheme.of(algorithm).newKey();
        byte[] secret = key.toJSONString().getBytes(StandardCharsets.UTF_8);
        return new SigningKey(
                key.getKeyID(),
                algorithm,
                sealer.seal(secret, place(key.getKeyID())),
                now,
                Optional.empty(),
                Optional.empty());
    }

    /** @throws IllegalStateException when it does not open, or is not the key that the row says it is */
    static OwnKey opened(SigningKey stored, SecretSealer sealer) {
        byte[] secret = sealer.open(stored.privateJwk(), place(stored.kid()));
        try {
            JWK key = JWK.parse(new String(secret, StandardCharsets.UTF_8));
            VerificationKey open = VerificationKey.of(key);
            if (!stored.kid().equals(key.computeThumbprint().toString())
                    || !stored.kid().equals(open.kid())
                    || !stored.algorithm().word().equals(open.algorithm()))
                throw new IllegalArgumentException("it is another key");
            return new OwnKey(open, SigningScheme.of(stored.algorithm()).maker(key), published(key));
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            // Without the cause: its message may quote the key.
            throw new IllegalStateException("signing key " + stored.kid() + " is damaged");
        }
    }

    private static PublishedKey published(JWK key) {
        Map<String, Object> members = key.toPublicJWK().toJSONObject();
        return new PublishedKey(members.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, member -> member.getValue().toString())));
    }

    private static String place(String kid) {
        return "signing-key/" + kid;
    }

    @Override
    public String toString() {
        return "OwnKey[" + kid() + "]";
    }
}
