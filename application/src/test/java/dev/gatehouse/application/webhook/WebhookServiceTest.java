package dev.gatehouse.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.application.World;
import dev.gatehouse.application.project.ManagingProjects.RoleDraft;
import dev.gatehouse.application.webhook.ManagingWebhookClients.NewClient;
import dev.gatehouse.application.webhook.ReceivingWebhooks.Answer;
import dev.gatehouse.application.webhook.ReceivingWebhooks.Message;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.webhook.Delivery;
import dev.gatehouse.domain.webhook.WebhookClient;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookServiceTest {
    private static final String BODY = "{\"ref\":\"refs/heads/main\"}";
    private final World world = new World();

    @Test
    void a_signed_message_is_accepted_once() throws Exception {
        world.project("demo");
        String secret = client("demo", "ci", Optional.empty()).secret().reveal();

        assertThat(receive("demo", secret, "d-1")).isInstanceOf(Answer.Accepted.class);
        assertThat(receive("demo", secret, "d-1")).isEqualTo(new Answer.Duplicate());
        assertThat(receive("demo", secret, "d-2")).isInstanceOf(Answer.Accepted.class);
        assertThat(world.entries(AuditAction.EVENT_ACCEPTED).getLast().actor().subject())
                .isEqualTo("proj:demo:ci");
    }

    @Test
    void a_wrong_signature_and_a_missing_project_are_told_the_same() throws Exception {
        world.project("demo");
        client("demo", "ci", Optional.of("the secret"));

        assertThat(receive("demo", "another secret", "d-1")).isEqualTo(new Answer.Unproven());
        assertThat(receive("no-such", "the secret", "d-1")).isEqualTo(new Answer.Unproven());
        assertThat(receive("no:such/name", "the secret", "d-1")).isEqualTo(new Answer.Unproven());
        assertThat(world.entries(AuditAction.WEBHOOK_REFUSED)).hasSize(3);
    }

    @Test
    void the_role_of_the_client_decides() throws Exception {
        world.managingProjects.create(
                world.admin(), World.draft("demo", new RoleDraft("ci", "", List.of(), List.of())), false);
        String secret = client("demo", "ci", Optional.empty()).secret().reveal();

        assertThat(receive("demo", secret, "d-1")).isEqualTo(new Answer.Forbidden());
    }

    @Test
    void a_client_that_is_gone_is_not_believed() throws Exception {
        world.project("demo");
        String secret = client("demo", "ci", Optional.empty()).secret().reveal();

        world.managingWebhookClients.delete(world.admin(), "demo", "github.com");

        assertThat(receive("demo", secret, "d-1")).isEqualTo(new Answer.Unproven());
    }

    @Test
    void a_client_of_a_deleted_project_is_not_inherited_by_the_next_of_that_name() throws Exception {
        world.project("demo");
        String secret = client("demo", "ci", Optional.empty()).secret().reveal();
        world.managingProjects.delete(world.admin(), "demo");
        world.project("demo");

        assertThat(receive("demo", secret, "d-1")).isEqualTo(new Answer.Unproven());
    }

    @Test
    void an_empty_secret_would_switch_verification_off_and_is_refused() {
        world.project("demo");

        assertThatThrownBy(() -> client("demo", "ci", Optional.of(""))).isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> client("demo", "no-such", Optional.empty())).isInstanceOf(Refusal.NotFound.class);
    }

    private WebhookClient client(String project, String role, Optional<String> secret) {
        return world.managingWebhookClients.create(
                world.admin(), project, new NewClient("github.com", "github", role, true, secret));
    }

    private Answer receive(String project, String secret, String deliveryId) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        String signature = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        Delivery delivery =
                new Delivery(Map.of("x-hub-signature-256", signature, "x-github-delivery", deliveryId), body);
        return world.receivingWebhooks.receive(new Message(project, "push", delivery), World.origin());
    }
}
