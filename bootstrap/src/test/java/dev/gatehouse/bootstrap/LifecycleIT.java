package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process begins and ends, and what it says when it cannot. */
class LifecycleIT {
    private static final Map<String, String> ADMIN = Map.of("GATEHOUSE_ADMIN_PASSWORD", RunningServer.ADMIN_PASSWORD);

    @Test
    void a_wrong_setting_is_named_and_stops_the_start(@TempDir Path home) throws Exception {
        RunningServer server = RunningServer.launch(home, Map.of("GATEHOUSE_PORT", "eighty"));
        assertThat(server.exitStatus()).isEqualTo(2);
        assertThat(server.output())
                .isEqualTo("gatehouse: GATEHOUSE_PORT is 'eighty': it must be a whole number from 0 to 65535");
    }

    @Test
    void a_database_that_does_not_answer_is_named_and_stops_the_start(@TempDir Path home) throws Exception {
        RunningServer server = RunningServer.launch(
                home,
                Map.of(
                        "GATEHOUSE_DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:1/gatehouse",
                        "GATEHOUSE_DATABASE_PASSWORD",
                        "not-to-be-shown",
                        "GATEHOUSE_MASTER_KEY",
                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
        assertThat(server.exitStatus()).isEqualTo(1);
        assertThat(server.output())
                .contains("the database does not answer: look at GATEHOUSE_DATABASE_URL")
                .doesNotContain("not-to-be-shown");
    }

    @Test
    void a_host_that_is_none_is_named_and_stops_the_start(@TempDir Path home) throws Exception {
        RunningServer server = RunningServer.launch(home, Map.of("GATEHOUSE_HOST", "no-such-host.invalid"));
        assertThat(server.exitStatus()).isEqualTo(1);
        assertThat(server.output()).contains("gatehouse: GATEHOUSE_HOST is 'no-such-host.invalid'");
    }

    @Test
    void a_second_process_on_the_same_data_is_refused_with_the_reason(@TempDir Path home) throws Exception {
        try (RunningServer first = RunningServer.start(home, ADMIN)) {
            RunningServer second = RunningServer.launch(home, ADMIN);
            assertThat(second.exitStatus()).isEqualTo(1);
            assertThat(second.output())
                    .contains("another Gatehouse is already using " + home)
                    .contains("GATEHOUSE_HOME");
            first.api().get("/health").is(200);
        }
    }

    @Test
    void what_only_the_operator_may_read_is_readable_by_nobody_else(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("new/data");
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(home.resolve("initial-admin-password"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("master.key"))))
                    .isEqualTo("rw-------");
            String password =
                    Files.readString(home.resolve("initial-admin-password")).strip();
            assertThat(server.output()).contains(password);
            server.api().signIn("admin", password).get("/api/v1/account/admin").is(200);
        }
    }

    @Test
    void a_request_in_flight_finishes_when_the_process_is_told_to_stop(@TempDir Path home) throws Exception {
        try (RunningServer server = RunningServer.start(home, ADMIN);
                Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            byte[] body = ("{\"username\":\"admin\",\"password\":\"" + RunningServer.ADMIN_PASSWORD + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body, 0, body.length - 1);
            out.flush();
            // The server has the request's head when it answers another connection after it.
            server.api().get("/health").is(200);
            server.terminate();
            server.waitUntilItSays("is stopping");
            out.write(body, body.length - 1, 1);
            out.flush();
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"token\"");
            assertThat(server.exitStatus()).isEqualTo(143);
            assertThat(server.output()).doesNotContain("\"level\":\"WARN\"", "\"level\":\"ERROR\"");
        }
    }

    @Test
    void what_was_to_be_written_later_is_written_before_it_ends(@TempDir Path home) {
        String token;
        try (RunningServer server = RunningServer.start(home, ADMIN)) {
            Api admin = server.api().signIn("admin", RunningServer.ADMIN_PASSWORD);
            admin.post("/api/v1/account", "{\"name\":\"robot\",\"capabilities\":[\"apiKey\"]}")
                    .is(200);
            token = admin.post("/api/v1/account/robot/token", "{\"id\":\"t\"}")
                    .is(200)
                    .text("token");
            // The first refusal is written at once, the others as a number.
            for (int i = 1; i <= 3; i++)
                server.api().as(token).get("/api/v1/projects/secret").is(403);
            // The first use is written at once, the others with those of everybody from time to time.
            for (int i = 1; i <= 3; i++)
                server.api()
                        .as(token)
                        .send("GET", "/api/v1/account/can-i/applications/get/demo/web", "", "User-Agent", "use/" + i)
                        .is(200);
        }
        try (RunningServer server = RunningServer.start(home, ADMIN)) {
            Api admin = server.api().signIn("admin", RunningServer.ADMIN_PASSWORD);
            assertThat(admin.get("/api/v1/tokens/t").is(200).text("lastUsedBy")).isEqualTo("use/3");
            assertThat(admin.get("/api/v1/audit?action=token.firstUsed").is(200).body())
                    .contains("token.firstUsed");
            assertThat(admin.get("/api/v1/audit?action=access.denied").is(200).body())
                    .contains("\"changes\":[{\"field\":\"repeated\"");
        }
    }

    @Test
    void a_lost_database_is_503_until_it_is_back(@TempDir Path home, @TempDir Path databaseFolder) throws Exception {
        EmbeddedPostgres postgres = postgres(databaseFolder, 0);
        int port = postgres.getPort();
        try (RunningServer server = RunningServer.start(
                home,
                Map.of(
                        "GATEHOUSE_DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                        "GATEHOUSE_DATABASE_USERNAME",
                        "postgres",
                        "GATEHOUSE_MASTER_KEY",
                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                        "GATEHOUSE_ADMIN_PASSWORD",
                        RunningServer.ADMIN_PASSWORD))) {
            Api admin = server.api().signIn("admin", RunningServer.ADMIN_PASSWORD);
            admin.get("/api/v1/account").is(200);
            postgres.close();
            Api.Reply lost = admin.get("/api/v1/account");
            lost.is(503);
            assertThat(lost.body()).contains("\"code\":14").doesNotContain("Exception");
            assertThat(lost.raw().headers().firstValue("Retry-After")).isPresent();
            admin.get("/health").is(503);
            postgres = postgres(databaseFolder, port);
            int status = 0;
            for (int tries = 0; tries < 200 && status != 200; tries++)
                status = admin.get("/api/v1/account").status();
            assertThat(status).as("it recovers by itself").isEqualTo(200);
        } finally {
            postgres.close();
        }
    }

    private static EmbeddedPostgres postgres(Path folder, int port) throws Exception {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("pg"))
                .setCleanDataDirectory(false);
        if (port != 0) builder.setPort(port);
        return builder.start();
    }
}
