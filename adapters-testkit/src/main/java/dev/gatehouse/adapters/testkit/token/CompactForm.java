package dev.gatehouse.adapters.testkit.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The three parts of a compact JWS (RFC 7515 section 3.1), as texts. */
record CompactForm(String header, String payload, String signature) {
    /** Only for tokens that have three parts. */
    static CompactForm of(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) throw new AssertionError("a token has three parts, and this one has " + parts.length);
        return new CompactForm(parts[0], parts[1], parts[2]);
    }

    static String encode(String json) {
        return encode(json.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    String signed() {
        return header + "." + payload;
    }

    String token() {
        return signed() + "." + signature;
    }

    CompactForm withHeader(String other) {
        return new CompactForm(other, payload, signature);
    }

    CompactForm withPayload(String other) {
        return new CompactForm(header, other, signature);
    }

    CompactForm withSignature(String other) {
        return new CompactForm(header, payload, other);
    }
}
