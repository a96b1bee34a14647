package dev.gatehouse.adapters.testkit.webhook;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.PlainSealer;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.webhook.SignatureScheme;
import dev.gatehouse.domain.webhook.WebhookClient;
import dev.gatehouse.domain.webhook.WebhookClientName;
import dev.gatehouse.domain.webhook.WebhookClients;
import dev.gatehouse.domain.webhook.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Webhook clients in memory, their secrets sealed. */
public final class InMemoryWebhookClients implements WebhookClients {
    private final InMemoryStore store;
    private final InMemoryStore.Table<Key, Stored> rows;
    private final SecretSealer sealer;

    private record Key(ProjectId project, WebhookClientName name) {
        String place() {
            return "webhook-client/" + project.value() + "/" + name;
        }
    }

    private record Stored(
            Key key,
            ProjectName project,
            SignatureScheme scheme,
            String sealedSecret,
            RoleName role,
            boolean enabled,
            Instant createdAt,
            Optional<Instant> firstUsedAt) {
        Stored usedAt(Instant at) {
            return new Stored(key, project, scheme, sealedSecret, role, enabled, createdAt, Optional.of(at));
        }
    }

    public InMemoryWebhookClients(InMemoryStore store, SecretSealer sealer) {
        this.store = store;
        this.rows = store.table();
        this.sealer = sealer;
    }

    public InMemoryWebhookClients(InMemoryStore store) {
        this(store, new PlainSealer());
    }

    @Override
    public List<WebhookClient> of(ProjectId project) {
        return rows.all().stream()
                .filter(each -> each.key().project().equals(project))
                .sorted(Comparator.comparing(each -> each.key().name().value()))
                .map(this::opened)
                .toList();
    }

    @Override
    public void insert(WebhookClient client) {
        Key key = new Key(client.projectId(), client.name());
        SealedSecret sealed = sealer.seal(client.secret().reveal().getBytes(StandardCharsets.UTF_8), key.place());
        store.write(() -> {
            if (rows.find(key).isPresent())
                throw new Refusal.Conflict(
                        Refusal.Conflict.Reason.ALREADY_EXISTS,
                        WebhookClient.KIND,
                        client.name().value());
            rows.put(
                    key,
                    new Stored(
                            key,
                            client.project(),
                            client.scheme(),
                            sealed.text(),
                            client.role(),
                            client.enabled(),
                            client.createdAt(),
                            client.firstUsedAt()));
            return true;
        });
    }

    @Override
    public void used(ProjectId project, WebhookClientName name, Instant at) {
        Key key = new Key(project, name);
        store.write(() -> {
            rows.find(key)
                    .filter(each -> each.firstUsedAt().isEmpty())
                    .ifPresent(each -> rows.put(key, each.usedAt(at)));
            return true;
        });
    }

    @Override
    public boolean delete(ProjectId project, WebhookClientName name) {
        Key key = new Key(project, name);
        return store.write(() -> {
            boolean there = rows.find(key).isPresent();
            if (there) rows.remove(key);
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

    /** What lies in the store of this client; empty when it is not there. */
    public String stored(ProjectId project, WebhookClientName name) {
        return rows.find(new Key(project, name)).map(Stored::toString).orElse("");
    }

    private WebhookClient opened(Stored row) {
        byte[] secret =
                sealer.open(new SealedSecret(row.sealedSecret()), row.key().place());
        return new WebhookClient(
                row.key().project(),
                row.project(),
                row.key().name(),
                row.scheme(),
                new WebhookSecret(new String(secret, StandardCharsets.UTF_8)),
                row.role(),
                row.enabled(),
                row.createdAt(),
                row.firstUsedAt());
    }
}
