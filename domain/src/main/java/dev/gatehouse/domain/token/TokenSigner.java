package dev.gatehouse.domain.token;

/** Makes tokens that anyone can verify against the published keys. */
public interface TokenSigner {
    /**
     * A compact JWS (RFC 7515) over the claims, by the key that signs now; its header says {@code alg}, {@code typ} and
     * {@code kid}. Blocks while keys that were changed elsewhere are read.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when it cannot be known which key signs
     */
    PlainToken sign(TokenClaims claims);
}
