package dev.gatehouse.adapters.persistence.webhook;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.webhook.WebhookClient;
import dev.gatehouse.domain.webhook.WebhookClientName;
import dev.gatehouse.domain.webhook.WebhookClients;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

@Singleton
final class JdbcWebhookClients implements WebhookClients {
    private final Database database;
    private final SecretSealer sealer;

    JdbcWebhookClients(Database database, SecretSealer sealer) {
        this.database = database;
        this.sealer = sealer;
    }

    @Override
    public List<WebhookClient> of(ProjectId project) {
        return database
                .list(
                        "select " + WebhookClientRow.COLUMNS
                                + " from webhook_client where project_id = ? order by name",
                        WebhookClientRow::read,
                        project.value())
                .stream()
                .map(row -> row.toDomain(sealer))
                .toList();
    }

    @Override
    public void insert(WebhookClient client) {
        WebhookClientRow row = WebhookClientRow.of(client, sealer);
        if (!database.insertIfAbsent("webhook_client", WebhookClientRow.COLUMNS, row.values()))
            throw new Refusal.Conflict(Reason.ALREADY_EXISTS, WebhookClient.KIND, row.name());
    }

    @Override
    public void used(ProjectId project, WebhookClientName name, Instant at) {
        database.write(
                "update webhook_client set first_used_at = ?"
                        + " where project_id = ? and name = ? and first_used_at is null",
                at,
                project.value(),
                name.value());
    }

    @Override
    public boolean delete(ProjectId project, WebhookClientName name) {
        return database.write(
                        "delete from webhook_client where project_id = ? and name = ?", project.value(), name.value())
                == 1;
    }

    @Override
    public void deleteAllOf(ProjectId project) {
        database.write("delete from webhook_client where project_id = ?", project.value());
    }
}
