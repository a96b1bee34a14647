package dev.gatehouse.adapters.testkit.webhook;

import dev.gatehouse.adapters.testkit.project.ProjectFixtures;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.adapters.testkit.shared.TransactionsContract;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.webhook.Deliveries;
import dev.gatehouse.domain.webhook.Delivery;
import dev.gatehouse.domain.webhook.SignatureScheme;
import dev.gatehouse.domain.webhook.WebhookClient;
import dev.gatehouse.domain.webhook.WebhookClientName;
import dev.gatehouse.domain.webhook.WebhookClients;
import dev.gatehouse.domain.webhook.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhook clients and messages for them. */
public final class WebhookFixtures {
    private WebhookFixtures() {}

    /** An enabled client of GitHub's scheme, in a project that nobody stored. */
    public static WebhookClient aClient() {
        return aClientOf(ProjectFixtures.aProject(), aClientName().value());
    }

    /** The same, in this project and of this name; it acts as the role {@code ci}. */
    public static WebhookClient aClientOf(Project project, String name) {
        return new WebhookClient(
                project.id(),
                project.name(),
                new WebhookClientName(name),
                SignatureScheme.GITHUB,
                new WebhookSecret("hush-" + Samples.unique()),
                new RoleName("ci"),
                true,
                Samples.NOW,
                Optional.empty());
    }

    /** A client that believes nothing. */
    public static WebhookClient aDisabledClient() {
        WebhookClient client = aClient();
        return new WebhookClient(
                client.projectId(),
                client.project(),
                client.name(),
                client.scheme(),
                client.secret(),
                client.role(),
                false,
                client.createdAt(),
                client.firstUsedAt());
    }

    public static WebhookClientName aClientName() {
        return new WebhookClientName("client-" + Samples.unique());
    }

    /** A message that a client of GitHub's scheme with this secret believes. */
    public static Delivery aGenuineDelivery(WebhookSecret secret, String deliveryId, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Delivery(
                Map.of(
                        "x-github-event",
                        "push",
                        "x-github-delivery",
                        deliveryId,
                        "x-hub-signature-256",
                        "sha256=" + hmac(secret, bytes)),
                bytes);
    }

    private static String hmac(WebhookSecret secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** A new client, for {@link TransactionsContract#rows()}. */
    public static TransactionsContract.Row aRow(WebhookClients clients) {
        WebhookClient client = aClient();
        return new TransactionsContract.Row() {
            @Override
            public void write() {
                clients.insert(client);
            }

            @Override
            public boolean isThere() {
                return !clients.of(client.projectId()).isEmpty();
            }
        };
    }

    /** Whether this is the first of its id; then it was remembered by asking. */
    static boolean isFirst(Deliveries deliveries, WebhookClient client, String deliveryId) {
        return deliveries.remember(client.projectId(), client.name(), deliveryId, Samples.NOW);
    }
}
