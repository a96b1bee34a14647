package dev.gatehouse.domain.webhook;

import java.util.Optional;

/** What a webhook client makes of a message. */
public sealed interface Verdict {
    /** @param deliveryId the provider's own name for the message; absent when it sends none */
    record Genuine(Optional<String> deliveryId) implements Verdict {}

    /** It claims the client's scheme and the proof does not fit. */
    record BadSignature() implements Verdict {}

    /** It does not claim the client's scheme, or the client is disabled. */
    record NotAddressed() implements Verdict {}
}
