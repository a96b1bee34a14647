package dev.gatehouse.domain.token;

import java.time.Instant;

/** Where signing keys come from. */
public interface SigningKeyMaker {
    /**
     * A new key with a private half that nobody else has, sealed; it waits for its turn. Takes up to a second for RSA, so
     * that no transaction should hold while it is made.
     *
     * @param now what it says it was created at
     */
    SigningKey make(SigningKey.Algorithm algorithm, Instant now);
}
