package dev.gatehouse.adapters.security;

import java.util.Base64;
import java.util.Optional;

/** Base64url without padding (RFC 4648 section 5), so strictly that each value has one text and each text one value. */
public final class Base64Url {
    private Base64Url() {}

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The bytes; absent when the text has padding, stray bits or anything else that {@link #encode} does not write. */
    public static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
