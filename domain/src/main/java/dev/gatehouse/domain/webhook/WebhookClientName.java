package dev.gatehouse.domain.webhook;

import dev.gatehouse.domain.shared.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a webhook client inside its project; after a service account's name in Argo Workflows.
 *
 * @param value 1 to 63 of {@code [a-z0-9.-]}, a letter or digit at both ends
 */
public record WebhookClientName(String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");

    public WebhookClientName {
        if (!SHAPE.matcher(value).matches()) throw new Refusal.Invalid("name", WebhookRule.NAME_SHAPE, value);
    }

    /** The name, or nothing when no client could have it. */
    public static Optional<WebhookClientName> ifValid(String value) {
        return SHAPE.matcher(value).matches() ? Optional.of(new WebhookClientName(value)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
