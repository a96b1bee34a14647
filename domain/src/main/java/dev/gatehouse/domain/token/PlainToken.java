package dev.gatehouse.domain.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A signed token as its holder has it. Shown once, never stored, never logged. */
public final class PlainToken {
    private final String secret;

    public PlainToken(String secret) {
        this.secret = secret;
    }

    /** The only way out: for the one reply that shows it, for signing and for verifying. */
    public String reveal() {
        return secret;
    }

    /** A name for it that gives nothing away: SHA-256 of its text, in hexadecimal. */
    public String digest() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "PlainToken[…]";
    }
}
