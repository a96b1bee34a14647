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

    /**
     * As {@link #sign(TokenClaims)}, by the key of this {@code kid}, whether or not it is the one that signs now: so a token
     * is made again as it was.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet {@link TokenRule#KEY_GONE} when that key was revoked or is not there
     */
    PlainToken sign(TokenClaims claims, String kid);

    /**
     * The {@code kid} of the key that signs now. Blocks while keys that were changed elsewhere are read.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when it cannot be known
     */
    String kid();
}
