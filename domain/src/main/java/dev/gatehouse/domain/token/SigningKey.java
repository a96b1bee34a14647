package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.SealedSecret;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A key that signs tokens, as it is stored.
 *
 * @param kid names it, in the header of a token and in the published set
 * @param privateJwk the whole JWK, sealed
 * @param activeFrom when it begins to sign, possibly yet to come; absent: it waits for its turn
 * @param revocation absent: what it signed is believed
 */
public record SigningKey(
        String kid,
        Algorithm algorithm,
        SealedSecret privateJwk,
        Instant createdAt,
        Optional<Instant> activeFrom,
        Optional<Revocation> revocation) {
    /** What refusals and the audit call it. */
    public static final String KIND = "signingKey";

    /**
     * Why nothing that it signed is believed any more.
     *
     * @param by the caller's name as policies write it
     */
    public record Revocation(Instant at, String by) {}

    public boolean isRevoked() {
        return revocation.isPresent();
    }

    /** Whether it waits for its turn, without a time for it. */
    public boolean isStandby() {
        return activeFrom.isEmpty() && !isRevoked();
    }

    /** The same, signing from then on. */
    public SigningKey from(Instant when) {
        return new SigningKey(kid, algorithm, privateJwk, createdAt, Optional.of(when), revocation);
    }

    /** The same, believed no more; the first revocation wins. */
    public SigningKey revoke(Instant at, String by) {
        return isRevoked()
                ? this
                : new SigningKey(
                        kid, algorithm, privateJwk, createdAt, activeFrom, Optional.of(new Revocation(at, by)));
    }

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

        /** The algorithm of this word; words are case-sensitive (RFC 7515 section 4.1.1). */
        public static Optional<Algorithm> of(String word) {
            return Arrays.stream(values())
                    .filter(each -> each.word.equals(word))
                    .findFirst();
        }
    }
}
