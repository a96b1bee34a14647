package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.SealedSecret;
import java.time.Instant;

/**
 * A key that signs tokens, as it is stored.
 *
 * @param kid names it, in the header of a token and in the published set
 * @param privateJwk the whole JWK, sealed
 */
public record SigningKey(String kid, Algorithm algorithm, SealedSecret privateJwk, Instant createdAt) {
    /** The algorithms of RFC 7518 section 3.1 and RFC 8037 that sign. */
    public enum Algorithm {
        ES256("ES256"),
        EDDSA("EdDSA"),
        RS256("RS256");

        private final String word;

        Algorithm(String word) {
            this.word = word;
        }

        /** The word for it in the header of a token and in a JWK. */
        public String word() {
            return word;
        }
    }
}
