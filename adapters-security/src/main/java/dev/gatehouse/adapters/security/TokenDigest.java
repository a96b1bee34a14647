package dev.gatehouse.adapters.security;

import dev.gatehouse.domain.token.PlainToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Stands for a token in memory, so that the token itself is not kept: the first half of its SHA-256. Nobody finds a second
 * text with the same 128 bits.
 */
public record TokenDigest(long high, long low) {
    private static final MessageDigest SHA_256 = sha256();

    public static TokenDigest of(PlainToken token) {
        ByteBuffer digest = ByteBuffer.wrap(copyOfSha256().digest(token.reveal().getBytes(StandardCharsets.UTF_8)));
        return new TokenDigest(digest.getLong(), digest.getLong());
    }

    @Override
    public int hashCode() {
        return (int) low;
    }

    /** To look a digest up by its name costs as much as a tenth of the digest. */
    private static MessageDigest copyOfSha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
