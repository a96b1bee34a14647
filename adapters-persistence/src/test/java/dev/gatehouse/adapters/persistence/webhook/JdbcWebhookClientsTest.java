package dev.gatehouse.adapters.persistence.webhook;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.webhook.WebhookClientsContract;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.webhook.WebhookClient;
import dev.gatehouse.domain.webhook.WebhookClients;
import java.util.List;
import org.junit.jupiter.api.Nested;

class JdbcWebhookClientsTest {
    @Nested
    class OnH2 implements Binding {
        @Override
        public TestDatabase database() {
            return TestDatabase.H2;
        }
    }

    @Nested
    class OnPostgresql implements Binding {
        @Override
        public TestDatabase database() {
            return TestDatabase.POSTGRESQL;
        }
    }

    interface Binding extends WebhookClientsContract {
        TestDatabase database();

        @Override
        default WebhookClients webhookClients() {
            return database().port(WebhookClients.class);
        }

        @Override
        default String stored(WebhookClient client) {
            return database()
                    .port(Database.class)
                    .first(
                            "select " + WebhookClientRow.COLUMNS
                                    + " from webhook_client where project_id = ? and name = ?",
                            row -> String.join(
                                    "|",
                                    List.of(WebhookClientRow.COLUMNS.split(", ")).stream()
                                            .map(row::textOrNull)
                                            .map(String::valueOf)
                                            .toList()),
                            client.projectId().value(),
                            client.name().value())
                    .orElseThrow();
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }
    }
}
