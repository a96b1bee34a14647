package dev.gatehouse.adapters.testkit.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.webhook.Verdict;
import dev.gatehouse.domain.webhook.WebhookClient;
import dev.gatehouse.domain.webhook.WebhookClients;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryWebhookClientsTest implements WebhookClientsContract {
    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryWebhookClients clients = new InMemoryWebhookClients(store);

    @Override
    public WebhookClients webhookClients() {
        return clients;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }

    @Override
    public String stored(WebhookClient client) {
        return clients.stored(client.projectId(), client.name());
    }

    @Test
    void the_delivery_of_the_fixtures_is_genuine() {
        WebhookClient client = WebhookFixtures.aClient();

        assertThat(client.judge(WebhookFixtures.aGenuineDelivery(client.secret(), "id-1", "{\"a\":\"ü\"}")))
                .isEqualTo(new Verdict.Genuine(Optional.of("id-1")));
        assertThat(WebhookFixtures.aDisabledClient()
                        .judge(WebhookFixtures.aGenuineDelivery(client.secret(), "id-1", "{}")))
                .isEqualTo(new Verdict.NotAddressed());
    }
}
