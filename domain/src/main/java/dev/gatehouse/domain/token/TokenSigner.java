package dev.gatehouse.domain.token;

/** Makes tokens that anyone can verify against the published keys. */
public interface TokenSigner {
    /** A compact JWS (RFC 7515) over the claims, by the active key; its header says {@code alg}, {@code typ} and {@code kid}. */
    PlainToken sign(TokenClaims claims);
}
