package dev.gatehouse.bootstrap;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.application.webhook.ManagingWebhookClients;
import dev.gatehouse.application.webhook.ReceivingWebhooks;
import dev.gatehouse.application.webhook.WebhookClientService;
import dev.gatehouse.application.webhook.WebhookService;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.webhook.Deliveries;
import dev.gatehouse.domain.webhook.WebhookClients;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Webhook clients and what they send. */
@Factory
final class WebhookWiring {
    @Singleton
    ManagingWebhookClients managingWebhookClients(
            Authorizing authorizing,
            OncePerKey oncePerKey,
            Projects projects,
            WebhookClients clients,
            Ids ids,
            Acts acts,
            InstantSource clock) {
        return new WebhookClientService(authorizing, oncePerKey, projects, clients, ids, acts, clock);
    }

    @Singleton
    ReceivingWebhooks receivingWebhooks(
            Authorizing authorizing,
            Projects projects,
            WebhookClients clients,
            Deliveries deliveries,
            Ids ids,
            Acts acts,
            InstantSource clock) {
        return new WebhookService(authorizing, projects, clients, deliveries, ids, acts, clock);
    }
}
