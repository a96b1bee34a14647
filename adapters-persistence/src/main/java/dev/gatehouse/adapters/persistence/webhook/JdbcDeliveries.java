package dev.gatehouse.adapters.persistence.webhook;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.webhook.Deliveries;
import dev.gatehouse.domain.webhook.WebhookClientName;
import jakarta.inject.Singleton;
import java.time.Instant;

@Singleton
final class JdbcDeliveries implements Deliveries {
    private final Database database;

    JdbcDeliveries(Database database) {
        this.database = database;
    }

    @Override
    public boolean remember(ProjectId project, WebhookClientName client, String deliveryId, Instant now) {
        return database.insertIfAbsent(
                "webhook_delivery",
                "project_id, client_name, delivery_id, received_at",
                project.value(),
                client.value(),
                deliveryId,
                now);
    }
}
