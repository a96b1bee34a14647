package dev.gatehouse.adapters.security.token;

import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeyMaker;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Makes keys as {@link KeyRing} opens them. */
@Singleton
final class SealedKeys implements SigningKeyMaker {
    private final SecretSealer sealer;

    SealedKeys(SecretSealer sealer) {
        this.sealer = sealer;
    }

    @Override
    public SigningKey make(SigningKey.Algorithm algorithm, Instant now) {
        return OwnKey.made(algorithm, sealer, now);
    }
}
