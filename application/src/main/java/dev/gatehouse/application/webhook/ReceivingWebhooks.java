package dev.gatehouse.application.webhook;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.webhook.Delivery;

/** What other systems send. */
public interface ReceivingWebhooks {
    /** A message that proves itself by a signature, or not at all. */
    Answer receive(Message message, Origin origin);

    /**
     * A message of a caller with a token.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code events, create, namespace/discriminator}
     */
    Answer receive(Caller caller, Message message);

    /**
     * @param namespace the project
     * @param discriminator what the sender calls this kind of message; possibly empty
     */
    record Message(String namespace, String discriminator, Delivery delivery) {}

    sealed interface Answer {
        /** @param eventId under which it was written down */
        record Accepted(String eventId) implements Answer {}

        /** The provider sent it before; nothing happened now. */
        record Duplicate() implements Answer {}

        /** Nobody's signature fits, or there is no such project: a stranger does not learn which. */
        record Unproven() implements Answer {}

        /** The signature fits, and the client's role may not do this. */
        record Forbidden() implements Answer {}
    }
}
