package dev.gatehouse.adapters.testkit.webhook;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.webhook.WebhookClient;
import dev.gatehouse.domain.webhook.WebhookClientName;
import dev.gatehouse.domain.webhook.WebhookClients;
import java.util.Comparator;
import java.util.List;

/** Webhook clients in memory. */
public final class InMemoryWebhookClients implements WebhookClients {
    private final InMemoryStore store;
    private final InMemoryStore.Table<Key, WebhookClient> rows;

    private record Key(ProjectId project, WebhookClientName name) {}

    public InMemoryWebhookClients(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public List<WebhookClient> of(ProjectId project) {
        return rows.all().stream()
                .filter(each -> each.projectId().equals(project))
                .sorted(Comparator.comparing(each -> each.name().value()))
                .toList();
    }

    @Override
    public void insert(WebhookClient client) {
        store.write(() -> {
            Key key = new Key(client.projectId(), client.name());
            if (rows.find(key).isPresent())
                throw new Refusal.Conflict(
                        Refusal.Conflict.Reason.ALREADY_EXISTS,
                        WebhookClient.KIND,
                        client.name().value());
            rows.put(key, client);
            return true;
        });
    }

    @Override
    public boolean delete(ProjectId project, WebhookClientName name) {
        return store.write(() -> {
            Key key = new Key(project, name);
            boolean there = rows.find(key).isPresent();
            rows.remove(key);
            return there;
        });
    }

    @Override
    public void deleteAllOf(ProjectId project) {
        store.write(() -> {
            for (WebhookClient each : of(project)) rows.remove(new Key(project, each.name()));
            return true;
        });
    }
}
