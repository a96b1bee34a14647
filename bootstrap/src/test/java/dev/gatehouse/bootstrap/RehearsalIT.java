package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is rehearsed is done and taken back: on real databases nothing of it stays, and a repeated request makes nothing. */
class RehearsalIT {
    private static final String PASSWORD = "somebodys-Passw0rd";

    @TempDir
    private Path folder;

    @Test
    void on_the_embedded_database() {
        rehearse(Map.of());
    }

    @Test
    void on_postgresql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("pg"))
                .start()) {
            rehearse(Map.of(
                    "GATEHOUSE_DATABASE_URL",
                    "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                    "GATEHOUSE_DATABASE_USERNAME",
                    "postgres",
                    "GATEHOUSE_MASTER_KEY",
                    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
        }
    }

    private void rehearse(Map<String, String> database) {
        Map<String, String> settings = new HashMap<>(database);
        settings.put("GATEHOUSE_ADMIN_PASSWORD", RunningServer.ADMIN_PASSWORD);
        try (RunningServer server = RunningServer.start(folder.resolve("home"), settings)) {
            Api admin = server.api().signIn("admin", RunningServer.ADMIN_PASSWORD);
            anAccount(server.api(), admin);
            aProject(server.api(), admin);
        }
    }

    private static void anAccount(Api api, Api admin) {
        String making = "{\"name\":\"bob\",\"capabilities\":[\"login\",\"apiKey\"],\"password\":\"" + PASSWORD + "\"}";
        Api.Reply made = admin.send("POST", "/api/v1/account", making, "Idempotency-Key", "bob-1")
                .is(200);
        assertThat(admin.send("POST", "/api/v1/account", making, "Idempotency-Key", "bob-1")
                        .body())
                .isEqualTo(made.body());
        Api session = api.signIn("bob", PASSWORD);
        Api token = api.as(admin.post("/api/v1/account/bob/token", "{}").text("token"));
        String before = admin.get("/api/v1/account/bob").body();
        String ends = "\"ends\":{\"sessions\":1,\"tokens\":1},\"dryRun\":true}";

        assertThat(admin.put(
                                "/api/v1/account/bob?dryRun=true",
                                "{\"capabilities\":[],\"enabled\":false,\"resourceVersion\":\"0\"}")
                        .is(200)
                        .body())
                .endsWith(ends);
        assertThat(admin.delete("/api/v1/account/bob?dryRun=true").is(200).body())
                .isEqualTo("{" + ends);
        assertThat(admin.put("/api/v1/account/bob/password?dryRun=true", "{\"revokeTokens\":true}")
                        .is(200)
                        .body())
                .isEqualTo("{" + ends);
        String keys = admin.get("/api/v1/signing-keys").body();
        String active = keys.replaceAll("(?s).*?\"kid\":\"([^\"]+)\".*", "$1");
        assertThat(admin.post("/api/v1/signing-keys/" + active + "/revoke?dryRun=true", "")
                        .is(200)
                        .body())
                .contains("\"state\":\"revoked\"")
                .endsWith("\"ends\":{\"sessions\":2,\"tokens\":1},\"dryRun\":true}");

        assertThat(admin.get("/api/v1/signing-keys").body()).isEqualTo(keys);
        assertThat(admin.get("/api/v1/account/bob").body()).isEqualTo(before);
        session.get("/api/v1/account/bob").is(200);
        token.get("/api/v1/account/bob").is(200);
        assertThat(admin.get("/api/v1/audit?limit=1000").is(200).body())
                .doesNotContain("account.deleted")
                .doesNotContain("password.reset")
                .doesNotContain("signingKey.revoked")
                .doesNotContain("account.disabled");
        admin.delete("/api/v1/account/bob").is(200);
        session.get("/api/v1/account/bob").is(401);
        token.get("/api/v1/account/bob").is(401);
    }

    private static void aProject(Api api, Api admin) {
        String making = "{\"project\":{\"metadata\":{\"name\":\"demo\"},\"spec\":{\"roles\":[{\"name\":\"ci\"}]}}}";
        Api.Reply made = admin.send("POST", "/api/v1/projects", making, "Idempotency-Key", "demo-1")
                .is(200);
        assertThat(admin.send("POST", "/api/v1/projects", making, "Idempotency-Key", "demo-1")
                        .body())
                .isEqualTo(made.body());
        Api token =
                api.as(admin.post("/api/v1/projects/demo/roles/ci/token", "{}").text("token"));
        String before = admin.get("/api/v1/projects/demo").body();
        String version = before.replaceAll("(?s).*?\"resourceVersion\":\"(\\d+)\".*", "$1");
        String ends = "\"ends\":{\"sessions\":0,\"tokens\":1},\"dryRun\":true}";

        assertThat(admin.put(
                                "/api/v1/projects/demo?dryRun=true",
                                "{\"project\":{\"metadata\":{\"resourceVersion\":\"" + version + "\"},\"spec\":{}}}")
                        .is(200)
                        .body())
                .endsWith(ends);
        assertThat(admin.delete("/api/v1/projects/demo?dryRun=true").is(200).body())
                .isEqualTo("{" + ends);

        assertThat(admin.get("/api/v1/projects/demo").body()).isEqualTo(before);
        token.get("/api/v1/session/userinfo").is(200);
        admin.delete("/api/v1/projects/demo").is(200);
        token.get("/api/v1/projects/demo").is(401);
    }
}
