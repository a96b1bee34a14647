package dev.gatehouse.adapters.testkit.webhook;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.webhook.Deliveries;
import dev.gatehouse.domain.webhook.WebhookClientName;
import java.time.Instant;

/** Accepted messages in memory. */
public final class InMemoryDeliveries implements Deliveries {
    private final InMemoryStore store;
    private final InMemoryStore.Table<Key, Instant> rows;

    private record Key(ProjectId project, WebhookClientName client, String deliveryId) {}

    public InMemoryDeliveries(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public boolean remember(ProjectId project, WebhookClientName client, String deliveryId, Instant now) {
        Key key = new Key(project, client, deliveryId);
        return store.write(() -> {
            if (rows.find(key).isPresent()) return false;
            rows.put(key, now);
            return true;
        });
    }
}
