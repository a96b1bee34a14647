package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The four walks of docs/architecture.md, once through the whole: the packaged service with every log line it can write,
 * on a real PostgreSQL.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalkthroughsIT {
    private static final String MASTER_KEY =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final String DATABASE_PASSWORD = "db-" + UUID.randomUUID();

    private final List<String> secrets = new ArrayList<>();
    private EmbeddedPostgres postgres;
    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        postgres = EmbeddedPostgres.start();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE gatehouse LOGIN PASSWORD '" + DATABASE_PASSWORD + "'");
            statement.execute("CREATE DATABASE gatehouse OWNER gatehouse");
        }
        server = RunningServer.start(
                home,
                Map.of(
                        "GATEHOUSE_DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/gatehouse",
                        "GATEHOUSE_DATABASE_PASSWORD",
                        DATABASE_PASSWORD,
                        "GATEHOUSE_MASTER_KEY",
                        MASTER_KEY,
                        "GATEHOUSE_ADMIN_PASSWORD",
                        RunningServer.ADMIN_PASSWORD,
                        "GATEHOUSE_LOG_LEVEL",
                        "TRACE"));
        secrets.addAll(List.of(MASTER_KEY, DATABASE_PASSWORD, RunningServer.ADMIN_PASSWORD));
    }

    @AfterAll
    void no_secret_is_in_any_line_of_the_log() throws Exception {
        server.close();
        postgres.close();
        String log = server.output();
        assertThat(log).as("the log is at its finest").contains("\"TRACE\"").contains("\"requestId\"");
        assertThat(secrets).hasSizeGreaterThan(8);
        List<String> leaks = new ArrayList<>();
        for (String line : log.split("\n"))
            for (String secret : secrets) if (line.contains(secret)) leaks.add(line.replace(secret, "<SECRET>"));
        assertThat(leaks).isEmpty();
    }

    @Test
    void a_person_logs_in_and_out() {
        Api admin = signIn("admin", RunningServer.ADMIN_PASSWORD);
        assertThat(admin.get("/api/v1/session/userinfo").is(200).body())
                .contains("\"loggedIn\":true")
                .contains("\"username\":\"admin\"");
        secrets.add("a-wrong-Passw0rd");
        Api.Reply refused = server.api()
                .post("/api/v1/session", "{\"username\":\"admin\",\"password\":\"a-wrong-Passw0rd\"}")
                .is(401);
        assertThat(refused.text("message")).isEqualTo("Invalid username or password");
        admin.delete("/api/v1/session").is(200);
        assertThat(admin.get("/api/v1/account").is(401).text("message")).contains("is revoked, please re-login");
        assertThat(audit("action=session.created")).contains("\"outcome\":\"done\"");
        assertThat(audit("action=session.refused")).contains("\"outcome\":\"refused\"");
        assertThat(audit("action=session.ended")).contains("\"outcome\":\"done\"");
    }

    @Test
    void a_keeper_creates_a_project_token_and_ends_it() {
        Api admin = signIn("admin", RunningServer.ADMIN_PASSWORD);
        String project = project(admin);
        Api.Reply issued = admin.post(
                        "/api/v1/projects/" + project + "/roles/ci/token", "{\"id\":\"build\",\"expiresIn\":3600}")
                .is(200);
        Api ci = keep(server.api().as(issued.text("token")));
        assertThat(ci.get("/api/v1/session/userinfo").is(200).text("username")).isEqualTo("proj:" + project + ":ci");
        ci.get("/api/v1/projects/" + project).is(200);
        admin.delete("/api/v1/projects/" + project + "/roles/ci/token/0?id=build")
                .is(200);
        assertThat(ci.get("/api/v1/projects/" + project).is(401).text("message"))
                .contains("does not exist in project '" + project + "'");
        assertThat(audit("action=token.created&project=" + project))
                .contains("\"actor\"")
                .contains("admin");
        assertThat(audit("action=token.revoked&project=" + project)).contains("\"outcome\":\"done\"");
    }

    @Test
    void a_request_is_authorised_by_policy() {
        Api admin = signIn("admin", RunningServer.ADMIN_PASSWORD);
        String project = project(admin);
        String other = project(admin);
        Api ci = keep(server.api()
                .as(admin.post("/api/v1/projects/" + project + "/roles/ci/token", "{}")
                        .is(200)
                        .text("token")));
        assertThat(ci.get("/api/v1/account/can-i/applications/get/" + project + "/web")
                        .is(200)
                        .text("value"))
                .isEqualTo("yes");
        assertThat(ci.get("/api/v1/account/can-i/applications/delete/" + project + "/web")
                        .is(200)
                        .text("value"))
                .isEqualTo("no");
        assertThat(ci.get("/api/v1/projects/" + other).is(403).text("message"))
                .startsWith("permission denied: projects, get, " + other + ", sub: proj:" + project + ":ci, iat: ");
        assertThat(ci.get("/api/v1/projects/no-such").is(403).text("message"))
                .as("a name that does not exist is refused in the same words")
                .startsWith("permission denied: projects, get, no-such, sub: proj:" + project + ":ci, iat: ");
        assertThat(audit("action=access.denied&target=" + other)).contains("proj:" + project + ":ci");
    }

    @Test
    void a_policy_is_asked_about_before_and_after_it_is_put_in_force() {
        Api admin = signIn("admin", RunningServer.ADMIN_PASSWORD);
        String project = project(admin);
        String group = "team-" + UUID.randomUUID();
        String draft = "{\"policyCsv\":\"p, role:" + group + ", logs, get, " + project + "/*, allow\\ng, " + group
                + ", role:" + group + "\"";
        String question = "\"subject\":\"" + group + "\",\"resource\":\"logs\",\"action\":\"get\",\"object\":\""
                + project + "/web\"";
        assertThat(admin.post("/api/v1/policy/validate", draft + "}").is(200).body())
                .isEqualTo("{\"valid\":true,\"problems\":[]}");
        assertThat(admin.post("/api/v1/policy/diff", draft + "}").is(200).body())
                .contains("\"gained\":[{\"subject\":\"role:" + group + "\"");
        assertThat(admin.post("/api/v1/policy/can", "{" + question + "}")
                        .is(200)
                        .body())
                .isEqualTo("{\"allowed\":false}");
        String version = admin.get("/api/v1/policy").is(200).text("resourceVersion");
        admin.put("/api/v1/policy", draft + ",\"resourceVersion\":\"" + version + "\"}")
                .is(200);
        admin.put("/api/v1/policy", draft + ",\"resourceVersion\":\"" + version + "\"}")
                .is(409);
        assertThat(admin.post("/api/v1/policy/can", "{" + question + "}")
                        .is(200)
                        .body())
                .isEqualTo("{\"allowed\":true}");
        assertThat(admin.post("/api/v1/policy/explain", "{" + question + "}")
                        .is(200)
                        .body())
                .contains("\"source\":\"global\",\"line\":1", "\"roles\":[\"" + group + "\",\"role:" + group + "\"]");
        assertThat(admin.post(
                                "/api/v1/policy/who-can",
                                "{\"resource\":\"logs\",\"action\":\"get\",\"object\":\"" + project + "/web\"}")
                        .is(200)
                        .body())
                .contains("{\"subject\":\"" + group + "\",\"via\":[\"role:" + group + "\"]}");
        assertThat(admin.get("/api/v1/projects/" + project + "/roles/ci/permissions")
                        .is(200)
                        .body())
                .contains("\"source\":\"implied:" + project + "\"", "\"source\":\"project:" + project + "\"");
        assertThat(audit("action=policy.changed")).contains("\"outcome\":\"done\"");
    }

    @Test
    void a_webhook_is_received_once_and_only_with_its_signature() throws Exception {
        Api admin = signIn("admin", RunningServer.ADMIN_PASSWORD);
        String project = project(admin);
        String secret = admin.post(
                        "/api/v1/projects/" + project + "/webhook-clients",
                        "{\"name\":\"github.com\",\"type\":\"github\",\"role\":\"ci\"}")
                .is(200)
                .text("secret");
        secrets.add(secret);
        String body = "{\"ref\":\"refs/heads/main\"}";
        String signature = "sha256=" + hmac(secret, body);
        String path = "/api/v1/events/" + project + "/push";
        Api.Reply accepted = deliver(path, body, signature, "d-1");
        accepted.is(200);
        assertThat(accepted.body()).isEqualTo("{}");
        assertThat(accepted.raw().headers().firstValue("X-Gatehouse-Event-Id")).isPresent();
        Api.Reply repeated = deliver(path, body, signature, "d-1");
        repeated.is(200);
        assertThat(repeated.raw().headers().firstValue("X-Gatehouse-Event-Id")).isEmpty();
        assertThat(deliver(path, body + " ", signature, "d-2").status()).isIn(401, 403);
        assertThat(deliver("/api/v1/events/no-such/push", body, signature, "d-3")
                        .status())
                .isIn(401, 403);
        assertThat(audit("action=event.accepted&project=" + project)).contains("\"webhook\"");
        assertThat(audit("action=webhook.refused&project=" + project)).contains("\"outcome\":\"refused\"");
    }

    private Api.Reply deliver(String path, String body, String signature, String id) {
        return server.api()
                .send(
                        "POST",
                        path,
                        body,
                        "X-GitHub-Event",
                        "push",
                        "X-Hub-Signature-256",
                        signature,
                        "X-GitHub-Delivery",
                        id);
    }

    private Api signIn(String name, String password) {
        return keep(server.api().signIn(name, password));
    }

    private Api keep(Api api) {
        secrets.add(api.token());
        return api;
    }

    private String audit(String query) {
        return signIn("admin", RunningServer.ADMIN_PASSWORD)
                .get("/api/v1/audit?" + query)
                .is(200)
                .body();
    }

    private static String project(Api admin) {
        String name = "p-" + UUID.randomUUID();
        admin.post("/api/v1/projects", """
                        {"project":{"metadata":{"name":"%1$s"},"spec":{"roles":[{"name":"ci","policies":[
                        "p, proj:%1$s:ci, applications, get, %1$s/*, allow",
                        "p, proj:%1$s:ci, events, create, %1$s/*, allow"]}]}}}""".formatted(name)).is(200);
        return name;
    }

    private static String hmac(String secret, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
