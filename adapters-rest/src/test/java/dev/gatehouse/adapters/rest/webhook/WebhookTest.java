package dev.gatehouse.adapters.rest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@MicronautTest
class WebhookTest {
    private static final String CLIENTS = "/api/v1/projects/demo/webhook-clients";
    private static final String EVENTS = "/api/v1/events/demo/push";
    private static final String NOT_VALID =
            Api.error(401, 16, "token not valid. see https://argo-workflows.readthedocs.io/en/latest/faq/");

    private final Api api;
    private final World world;

    WebhookTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(this::begin);
    }

    private void begin() {
        world.project("demo");
        world.account("carol", "login");
        assertThat(client("signed", "shh").status()).isEqualTo(200);
    }

    private Reply client(String name, String secret) {
        return api.post(
                CLIENTS,
                "{\"name\":\"" + name + "\",\"type\":\"github\",\"role\":\"ci\",\"secret\":\"" + secret + "\"}",
                api.as("admin"));
    }

    private static String signature(String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "X-Hub-Signature-256: sha256="
                    + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_client_is_made_listed_and_removed_and_its_secret_shown_once() {
        Reply made = api.post(CLIENTS, "{\"name\":\"hub\",\"type\":\"gitlab\",\"role\":\"ci\"}", api.as("admin"));
        assertThat(made.told())
                .matches("200 \\{\"name\":\"hub\",\"type\":\"gitlab\",\"role\":\"ci\",\"enabled\":true,"
                        + "\"createdAt\":\"2026-03-01T10:15:30.123456Z\",\"secret\":\"[^\"]{32,}\"}");
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.header("Location")).isEqualTo(CLIENTS + "/hub");
        assertThat(api.get(made.header("Location"), api.as("admin")).told())
                .isEqualTo("200 {\"name\":\"hub\",\"type\":\"gitlab\",\"role\":\"ci\",\"enabled\":true,"
                        + "\"createdAt\":\"2026-03-01T10:15:30.123456Z\"}");
        assertThat(api.get(CLIENTS, api.as("admin")).body())
                .startsWith("{\"items\":[{\"name\":\"hub\",\"type\":\"gitlab\",\"role\":\"ci\",\"enabled\":true,"
                        + "\"createdAt\":\"2026-03-01T10:15:30.123456Z\"},")
                .endsWith("],\"metadata\":{}}")
                .doesNotContain("secret");
        assertThat(api.delete(CLIENTS + "/hub", api.as("admin")).told()).isEqualTo("200 {}");
        String gone = Api.error(404, 5, "webhook client 'hub' does not exist in project 'demo'");
        assertThat(api.delete(CLIENTS + "/hub", api.as("admin")).told()).isEqualTo(gone);
        assertThat(api.get(CLIENTS + "/hub", api.as("admin")).told()).isEqualTo(gone);
    }

    @Test
    void the_same_key_and_body_make_one_client_and_show_its_secret_until_it_is_used() {
        String key = "Idempotency-Key: one-client";
        String body = "{\"name\":\"keyed\",\"type\":\"github\",\"role\":\"ci\"}";
        Reply made = api.post(CLIENTS, body, api.as("admin"), key);
        assertThat(made.told()).matches("200 \\{\"name\":\"keyed\".*,\"secret\":\"[^\"]{32,}\"}");

        Reply again = api.post(CLIENTS, body.replace(",", ", "), api.as("admin"), key);
        assertThat(again.told()).isEqualTo(made.told());
        assertThat(again.header("Location")).isEqualTo(CLIENTS + "/keyed");
        assertThat(again.header("Cache-Control")).isEqualTo("no-store");
        assertThat(api.post(CLIENTS, body.replace("github", "gitlab"), api.as("admin"), key)
                        .status())
                .isEqualTo(422);
        assertThat(api.post(CLIENTS, body.replace("}", ",\"secret\":\"mine\"}"), api.as("admin"), key)
                        .status())
                .isEqualTo(422);
        assertThat(api.post(CLIENTS.replace("demo", "default"), body, api.as("admin"), key)
                        .status())
                .isEqualTo(422);
        assertThat(api.post(CLIENTS, body, api.as("admin"), "Idempotency-Key: a b")
                        .told())
                .isEqualTo(Api.error(400, 3, "Idempotency-Key must be 1 to 255 visible ASCII characters"));
        assertThat(api.post(CLIENTS, body, api.as("admin")).told())
                .isEqualTo(Api.error(409, 6, "webhook client 'keyed' already exists"));

        String secret = made.body().replaceAll(".*\"secret\":\"([^\"]+)\".*", "$1");
        assertThat(api.post(EVENTS, "{}", signature("{}", secret)).told()).isEqualTo("200 {}");
        Reply used = api.post(CLIENTS, body, api.as("admin"), key);
        assertThat(used.told())
                .isEqualTo(Api.error(
                        409,
                        6,
                        "webhook client 'keyed' was made by this Idempotency-Key and has been used since; its secret is"
                                + " not shown again"));

        api.delete(CLIENTS + "/keyed", api.as("admin"));
        assertThat(api.post(CLIENTS, body, api.as("admin"), key).told())
                .isEqualTo(Api.error(
                        409,
                        10,
                        "webhook client 'keyed' was made by this Idempotency-Key and is gone since; use a new key to"
                                + " make another"));
    }

    @Test
    void nothing_that_is_made_of_a_secret_is_kept_with_the_key_and_yet_another_is_another_request() {
        String key = "Idempotency-Key: masked";
        String body = "{\"name\":\"masked\",\"type\":\"github\",\"role\":\"ci\",\"secret\":\"%s\"}";
        Reply made = api.post(CLIENTS, body.formatted("one"), api.as("admin"), key);

        assertThat(api.post(CLIENTS, body.formatted("one"), api.as("admin"), key)
                        .told())
                .isEqualTo(made.told());
        assertThat(api.post(CLIENTS, body.formatted("two"), api.as("admin"), key)
                        .status())
                .isEqualTo(422);
        String kept = world.repeats
                .find("admin", "masked", world.clock.instant())
                .orElseThrow()
                .fingerprint();
        api.delete(CLIENTS + "/masked", api.as("admin"));
        api.post(CLIENTS, body.formatted("two"), api.as("admin"), "Idempotency-Key: masked-2");
        assertThat(world.repeats
                        .find("admin", "masked-2", world.clock.instant())
                        .orElseThrow()
                        .fingerprint())
                .isEqualTo(kept);
    }

    @Test
    void a_client_is_refused_for_what_it_lacks() {
        assertThat(client("signed", "x").told()).isEqualTo(Api.error(409, 6, "webhook client 'signed' already exists"));
        assertThat(client("Bad_", "x").told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "invalid webhook client name 'Bad_': use 1 to 63 lower case letters, digits, '-' and '.',"
                                + " with a letter or digit at both ends"));
        assertThat(client("empty", "").told())
                .isEqualTo(Api.error(400, 3, "secret must have 1 to 1024 characters; leave it out to have one made"));
        assertThat(api.post(CLIENTS, "{\"name\":\"x\",\"type\":\"fax\",\"role\":\"ci\"}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(400, 3, "unknown type 'fax'; there is: github, gitlab, bitbucketserver"));
        assertThat(api.post(CLIENTS, "{\"name\":\"x\",\"type\":\"github\",\"role\":\"no\"}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(404, 5, "project 'demo' does not have role 'no'"));
        assertThat(api.get(CLIENTS, api.as("carol")).told())
                .isEqualTo(Api.error(
                        403,
                        7,
                        "permission denied: webhookclients, get, demo/*, sub: carol, iat: 2026-03-01T10:15:30Z"));
    }

    @Test
    void a_signed_message_is_accepted_as_it_came() {
        for (String body : new String[] {"{\"a\":1}", "", "not json \u00e4", "[1,2]"}) {
            Reply reply = api.post(EVENTS, body, signature(body, "shh"));
            assertThat(reply.told()).isEqualTo("200 {}");
            assertThat(reply.header("X-Gatehouse-Event-Id")).isNotEmpty();
        }
        String form = "payload=%7B%7D";
        assertThat(api.post(EVENTS, form, signature(form, "shh"), "Content-Type: application/x-www-form-urlencoded")
                        .told())
                .isEqualTo("200 {}");
    }

    @Test
    void a_repeated_message_is_acknowledged_and_does_nothing() {
        String[] headers = {signature("{}", "shh"), "X-GitHub-Delivery: d-1"};
        assertThat(api.post(EVENTS, "{}", headers).header("X-Gatehouse-Event-Id"))
                .isNotEmpty();
        Reply again = api.post(EVENTS, "{}", headers);
        assertThat(again.told()).isEqualTo("200 {}");
        assertThat(again.header("X-Gatehouse-Event-Id")).isEmpty();
    }

    @Test
    void strangers_learn_neither_secret_nor_project() {
        assertThat(api.post(EVENTS, "{}").told()).isEqualTo(NOT_VALID);
        assertThat(api.post(EVENTS, "{}", signature("{}", "wrong")).told()).isEqualTo(NOT_VALID);
        assertThat(api.post(EVENTS, "{} ", signature("{}", "shh")).told()).isEqualTo(NOT_VALID);
        assertThat(api.post("/api/v1/events/nope/push", "{}", signature("{}", "shh"))
                        .told())
                .isEqualTo(NOT_VALID);
    }

    @Test
    void the_discriminator_may_be_empty_behind_the_slash() {
        assertThat(api.post("/api/v1/events/demo/", "{}", signature("{}", "shh"))
                        .told())
                .isEqualTo("200 {}");
        assertThat(api.post("/api/v1/events/demo", "{}", signature("{}", "shh")).told())
                .isEqualTo(Api.error(404, 5, "Not Found"));
    }

    @Test
    void with_an_authorization_header_the_token_alone_decides() {
        String signed = signature("{}", "shh");
        Reply reply = api.post(EVENTS, "{}", api.as("admin"));
        assertThat(reply.told()).isEqualTo("200 {}");
        assertThat(reply.header("X-Gatehouse-Event-Id")).isNotEmpty();
        assertThat(api.post(EVENTS, "{}", api.as("carol"), signed).told())
                .isEqualTo(Api.error(
                        403, 7, "permission denied: events, create, demo/push, sub: carol, iat: 2026-03-01T10:15:30Z"));
        assertThat(api.post(EVENTS, "{}", "Authorization: Bearer x", signed).told())
                .isEqualTo(NOT_VALID);
        assertThat(api.post(EVENTS, "{}", "Authorization: ", signed).told()).isEqualTo(NOT_VALID);
        assertThat(api.post(EVENTS, "{}", "Authorization: Bearer a.b.c", signed).status())
                .isEqualTo(401);
        assertThat(api.post(EVENTS, "{}", "Authorization: Basic eA==", api.cookieOf("admin"), Api.JSON)
                        .told())
                .isEqualTo(NOT_VALID);
    }

    @Test
    void a_cookie_is_no_proof() {
        assertThat(api.post(EVENTS, "{}", api.cookieOf("admin"), Api.JSON).told())
                .isEqualTo(NOT_VALID);
    }

    @Test
    void a_role_that_lost_its_right_is_told_so() {
        world.project("poor");
        String read = world.managingProjects
                .get(world.admin(), "poor")
                .project()
                .resourceVersion()
                .toString();
        world.managingProjects.update(
                world.admin(),
                new dev.gatehouse.application.project.ManagingProjects.Draft(
                        "poor",
                        "",
                        read,
                        dev.gatehouse.domain.project.ProjectLabels.NONE,
                        "",
                        java.util.List.of(new dev.gatehouse.application.project.ManagingProjects.RoleDraft(
                                "ci", "", java.util.List.of(), java.util.List.of())),
                        "{}"));
        api.post(
                "/api/v1/projects/poor/webhook-clients",
                "{\"name\":\"x\",\"type\":\"github\",\"role\":\"ci\",\"secret\":\"s\"}",
                api.as("admin"));
        assertThat(api.post("/api/v1/events/poor/push", "{}", signature("{}", "s"))
                        .told())
                .isEqualTo(Api.error(403, 7, "permission denied: events, create, poor/push"));
    }

    @Test
    void two_mebibytes_are_taken_and_no_more() {
        String most = "x".repeat(2 << 20);
        assertThat(api.post(EVENTS, most, signature(most, "shh")).told()).isEqualTo("200 {}");
        assertThat(api.post(EVENTS, most + "x", signature(most + "x", "shh")).told())
                .isEqualTo(Api.error(413, 3, "the body is too large; send at most 2097152 bytes"));
    }
}
