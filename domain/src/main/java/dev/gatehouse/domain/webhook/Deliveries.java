package dev.gatehouse.domain.webhook;

import dev.gatehouse.domain.project.ProjectId;
import java.time.Instant;

/** The messages that were accepted, so that none is accepted twice. */
public interface Deliveries {
    /**
     * Remembers one message of one client. Of two at once exactly one is the first.
     *
     * @param deliveryId the provider's name for it
     * @return whether it is the first of this id
     */
    boolean remember(ProjectId project, WebhookClientName client, String deliveryId, Instant now);
}
