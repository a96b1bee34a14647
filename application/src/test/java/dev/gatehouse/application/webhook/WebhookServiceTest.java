package dev.gatehouse.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.application.World;
import dev.gatehouse.application.access.ManagingPolicy;
import dev.gatehouse.application.project.ManagingProjects.RoleDraft;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.application.webhook.ManagingWebhookClients.NewClient;
import dev.gatehouse.application.webhook.ReceivingWebhooks.Answer;
import dev.gatehouse.application.webhook.ReceivingWebhooks.Message;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.Repeats;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.webhook.Delivery;
import dev.gatehouse.domain.webhook.WebhookClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    @Test
    void the_same_request_again_makes_no_other_client_and_shows_the_same_secret() {
        world.project("demo");
        WebhookClient made = keyed("hook", Optional.empty());

        assertThat(keyed("hook", Optional.empty())).isEqualTo(made);

        assertThat(clients()).containsExactly(made);
        assertThat(world.entries(AuditAction.WEBHOOK_CLIENT_CREATED)).hasSize(1);
        world.clock.advance(Repeats.REMEMBERED);
        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> keyed("hook", Optional.empty()))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Refusal.Conflict.Reason.ALREADY_EXISTS));
    }

    @Test
    void a_secret_that_proved_a_message_is_not_shown_again() throws Exception {
        world.project("demo");
        String secret = keyed("hook", Optional.empty()).secret().reveal();
        assertThat(receive("demo", "another secret", "d-0")).isEqualTo(new Answer.Unproven());
        assertThat(keyed("hook", Optional.empty()).secret().reveal()).isEqualTo(secret);

        assertThat(receive("demo", secret, "d-1")).isInstanceOf(Answer.Accepted.class);

        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> keyed("hook", Optional.empty()))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Refusal.Conflict.Reason.SPENT));
        assertThat(world.lastEntry().reason()).isEqualTo("conflict:SPENT");
    }

    @Test
    void a_secret_counts_as_used_even_where_the_role_may_not_do_what_was_asked() throws Exception {
        world.managingProjects.create(
                world.admin(), World.draft("demo", new RoleDraft("ci", "", List.of(), List.of())), false);
        String secret = keyed("hook", Optional.empty()).secret().reveal();

        assertThat(receive("demo", secret, "d-1")).isEqualTo(new Answer.Forbidden());

        assertThatExceptionOfType(Refusal.Conflict.class).isThrownBy(() -> keyed("hook", Optional.empty()));
    }

    @Test
    void the_same_key_with_another_secret_is_another_request() {
        world.project("demo");
        WebhookClient made = keyed("hook", Optional.of("the secret"));

        assertThat(keyed("hook", Optional.of("the secret"))).isEqualTo(made);
        assertThatExceptionOfType(Refusal.Unmet.class)
                .isThrownBy(() -> keyed("hook", Optional.of("another secret")))
                .satisfies(refused -> assertThat(refused.fault().rule()).isEqualTo(TokenRule.KEY_REUSED));
    }

    @Test
    void a_client_that_is_gone_is_not_made_again_by_the_same_request_nor_taken_for_the_next_of_its_name() {
        world.project("demo");
        keyed("hook", Optional.empty());
        world.managingWebhookClients.delete(world.admin(), "demo", "hook");
        assertGone();

        world.clock.advance(Duration.ofSeconds(1));
        world.managingWebhookClients.create(
                world.admin(), "demo", new NewClient("hook", "github", "ci", true, Optional.empty()));
        assertGone();

        world.managingProjects.delete(world.admin(), "demo");
        assertGone();
    }

    private void assertGone() {
        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> keyed("hook", Optional.empty()))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Refusal.Conflict.Reason.GONE));
    }

    @Test
    void of_the_same_request_at_once_one_makes_the_client_and_the_others_are_told_of_it() {
        world.project("demo");
        world.admin();

        Race<WebhookClient> race = Race.of(4, () -> keyed("hook", Optional.empty()));

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).hasSize(4).containsOnly(clients().getFirst());
        assertThat(world.entries(AuditAction.WEBHOOK_CLIENT_CREATED).stream()
                        .filter(each -> each.outcome() == AuditEntry.Outcome.DONE))
                .hasSize(1);
    }

    @Test
    void who_lost_the_right_is_not_shown_the_secret_again() {
        world.project("demo");
        world.account("alice", "login");
        grant("p, alice, webhookclients, create, demo/*, allow");
        NewClient command = command("hook", Optional.empty());
        world.managingWebhookClients.create(world.signIn("alice"), "demo", command);
        grant("");

        assertThatExceptionOfType(Refusal.Forbidden.class)
                .isThrownBy(() -> world.managingWebhookClients.create(world.signIn("alice"), "demo", command));
    }

    private void grant(String csv) {
        Caller admin = world.admin();
        int version = world.managingPolicy.read(admin).version();
        world.managingPolicy.replace(
                admin, new ManagingPolicy.Draft(csv, "", List.of("groups"), "glob", Optional.of(version)));
    }

    private WebhookClient keyed(String name, Optional<String> secret) {
        return world.managingWebhookClients.create(world.admin(), "demo", command(name, secret));
    }

    private static NewClient command(String name, Optional<String> secret) {
        return new NewClient(
                name, "github", "ci", true, secret, Optional.of(new Repetition("k-1", "secret " + secret.isPresent())));
    }

    private List<WebhookClient> clients() {
        return world.managingWebhookClients.list(world.admin(), "demo");
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
