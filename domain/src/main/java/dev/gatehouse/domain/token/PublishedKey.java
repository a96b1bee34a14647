package dev.gatehouse.domain.token;

import java.util.Map;

/**
 * The public half of a signing key, for whoever verifies off-line.
 *
 * @param members the JWK (RFC 7517 section 4) as name and text: {@code kty}, {@code kid}, {@code use}, {@code alg} and
 *     what the key type needs; never a private member
 */
public record PublishedKey(Map<String, String> members) {
    public PublishedKey {
        members = Map.copyOf(members);
    }
}
