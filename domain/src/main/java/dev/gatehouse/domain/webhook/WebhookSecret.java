package dev.gatehouse.domain.webhook;

import dev.gatehouse.domain.shared.Refusal;
import java.nio.charset.StandardCharsets;

/** What a webhook client signs with. Shown once, stored sealed. */
public final class WebhookSecret {
    private static final int LONGEST = 1024;
    private final String secret;

    /** @throws Refusal.Invalid when it is empty (an empty secret would switch verification off) or over 1024 characters */
    public WebhookSecret(String secret) {
        if (secret.isEmpty() || secret.length() > LONGEST)
            throw new Refusal.Invalid("secret", WebhookRule.SECRET_LENGTH);
        this.secret = secret;
    }

    /** The only way out: for the one reply that shows a generated one, and for sealing. */
    public String reveal() {
        return secret;
    }

    byte[] bytes() {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookSecret that && java.security.MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "WebhookSecret[…]";
    }
}
