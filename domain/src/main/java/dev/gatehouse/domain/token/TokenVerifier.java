package dev.gatehouse.domain.token;

/** Tells genuine tokens from all others. Looks at signatures and form only: whether the times fit is the caller's question. */
public interface TokenVerifier {
    /**
     * Verifies a token against the key that its {@code kid} names, with the algorithm of that key and no other
     * (RFC 8725 section 3.1). Blocks while keys that were changed elsewhere are read.
     */
    Verdict verify(PlainToken token);

    sealed interface Verdict {
        /** Signed by one of our keys, and its claims have the types they must have. */
        record Genuine(TokenClaims claims) implements Verdict {}

        /** Not to be believed in anything. */
        record Refused(Flaw flaw) implements Verdict {}
    }

    /** Why a token is not genuine; the first that was found (Argo CD contract 2.3). */
    enum Flaw {
        /** More than 8192 characters; nothing of it was read. */
        TOO_LONG,
        /** Not three parts. */
        SEGMENTS,
        /** A part is not base64url without padding, in its one canonical form. */
        ENCODING,
        /** Header or claims are not one JSON object with each member once. */
        JSON,
        /** The header has no {@code alg}, or it is no text. */
        ALGORITHM_MISSING,
        /** {@code none}, or another algorithm than that of the key. */
        ALGORITHM_UNEXPECTED,
        /** The header has {@code crit}, {@code jku}, {@code jwk}, {@code x5u}, {@code x5c}, {@code b64}, {@code zip} or {@code enc}. */
        HEADER_UNEXPECTED,
        /** {@code typ} is there and is not {@code JWT}. */
        TYPE_UNEXPECTED,
        /** No {@code kid}, or none of ours. */
        KEY_UNKNOWN,
        /** The {@code kid} names a key that is revoked: whoever had it may have made the token. */
        KEY_REVOKED,
        /** The signature does not fit. */
        SIGNATURE,
        /** {@code iss} or {@code sub} is missing or no text, or is not ours. */
        ISSUER,
        /** There is an {@code aud}: this service goes by no name as one, so it is somebody else (RFC 7519 section 4.1.3). */
        AUDIENCE,
        /** No {@code iat}. */
        ISSUED_AT_MISSING,
        /** {@code iat} is no whole number in range. */
        ISSUED_AT_TYPE,
        /** {@code exp} is no whole number in range. */
        EXPIRES_AT_TYPE,
        /** {@code nbf} is no whole number in range. */
        NOT_BEFORE_TYPE,
        /** No {@code jti}, or an empty one. */
        ID_MISSING
    }
}
