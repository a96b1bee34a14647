package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who guesses passwords, at two processes on one PostgreSQL. What the stores hold, and ten thousand names, is in their
 * contract.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuessingIT {
    private static final String PASSWORD = "somebodys-Passw0rd";
    private static final String HOME = "127.0.0.1";
    private static final String STRANGER = "127.0.0.66";
    private static final String ELSEWHERE = "127.0.0.77";
    private static final int OF_A_NAME = 10;
    private static final int OF_A_PLACE = 20;
    private static final int WAITING = 8;

    private Path folder;
    private EmbeddedPostgres postgres;
    private RunningServer one;
    private RunningServer other;
    private Api admin;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("pg"))
                .start();
        one = node("one");
        other = node("other");
        admin = one.api().from(HOME).signIn("admin", RunningServer.ADMIN_PASSWORD);
    }

    @AfterAll
    void stop() throws Exception {
        one.kill();
        other.kill();
        postgres.close();
    }

    private RunningServer node(String name) {
        return RunningServer.start(
                folder.resolve(name),
                Map.of(
                        "GATEHOUSE_DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                        "GATEHOUSE_DATABASE_USERNAME",
                        "postgres",
                        "GATEHOUSE_MASTER_KEY",
                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                        "GATEHOUSE_ADMIN_PASSWORD",
                        RunningServer.ADMIN_PASSWORD,
                        "GATEHOUSE_SIGN_IN_FAILURES_PER_NAME",
                        Integer.toString(OF_A_NAME),
                        "GATEHOUSE_SIGN_IN_FAILURES_PER_PLACE",
                        Integer.toString(OF_A_PLACE),
                        "GATEHOUSE_SIGN_INS_WAITING",
                        Integer.toString(WAITING)));
    }

    @Test
    void failures_at_one_process_count_at_the_other_and_outlive_them() throws Exception {
        account("carol");
        for (RunningServer each : List.of(one, other, one, other, one))
            assertThat(signIn(each, "127.0.0.5", "carol", "wrong")).isEqualTo(401);

        for (RunningServer each : List.of(one, other))
            assertThat(signIn(each, "127.0.0.5", "carol", PASSWORD)).isEqualTo(401);
        other.close();
        other = node("other");
        assertThat(signIn(other, "127.0.0.5", "carol", PASSWORD))
                .as("after a restart")
                .isEqualTo(401);
        assertThat(signIn(other, HOME, "carol", PASSWORD)).as("from elsewhere").isEqualTo(200);
    }

    @Test
    void a_stranger_keeps_nobody_out_of_where_they_were_and_no_names_reset_a_lock() {
        account("dave");
        for (int i = 0; i < 5; i++) signIn(one, "127.0.0.6", "dave", "wrong");

        // Five of each count; then the name is locked there, and nothing counts any more.
        for (String each : List.of(STRANGER, "127.0.0.67"))
            for (int i = 0; i < OF_A_NAME / 2; i++) signIn(one, each, "admin", "wrong");
        for (int i = 0; i < OF_A_PLACE; i++) signIn(other, STRANGER, "made-up-" + i, "wrong");

        for (RunningServer each : List.of(one, other)) {
            assertThat(signIn(each, HOME, "admin", RunningServer.ADMIN_PASSWORD))
                    .as("where it was")
                    .isEqualTo(200);
            assertThat(signIn(each, ELSEWHERE, "admin", RunningServer.ADMIN_PASSWORD))
                    .as("where it never was, until some of the failures drained")
                    .isEqualTo(401);
            assertThat(signIn(each, STRANGER, "dave", PASSWORD))
                    .as("from a place that was stopped")
                    .isEqualTo(401);
            assertThat(signIn(each, "127.0.0.6", "dave", PASSWORD))
                    .as("still locked there")
                    .isEqualTo(401);
        }
    }

    @Test
    void a_flood_from_one_place_is_told_to_come_back_and_others_sign_in() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger unavailable = new AtomicInteger();
        ConcurrentLinkedQueue<Throwable> faults = new ConcurrentLinkedQueue<>();
        CountDownLatch full = new CountDownLatch(1);
        Api stranger = one.api().from("127.0.0.99");
        List<Thread> flood = new ArrayList<>();
        for (int i = 0; i < 4 * WAITING; i++) {
            String name = "flood-" + i;
            flood.add(Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, e) -> faults.add(e))
                    .start(() -> {
                        while (!over.get()) {
                            Api.Reply reply = stranger.post("/api/v1/session", body(name, "wrong"));
                            if (reply.status() == 503) {
                                assertThat(reply.raw().headers().firstValue("Retry-After"))
                                        .contains("1");
                                unavailable.incrementAndGet();
                                full.countDown();
                            } else {
                                reply.is(401);
                            }
                        }
                    }));
        }
        try {
            full.await();
            for (int i = 0; i < 5; i++)
                assertThat(signIn(one, HOME, "admin", RunningServer.ADMIN_PASSWORD))
                        .isEqualTo(200);
        } finally {
            over.set(true);
            for (Thread each : flood) each.join();
        }

        assertThat(faults).isEmpty();
        assertThat(unavailable).hasPositiveValue();
    }

    private void account(String name) {
        admin.post(
                        "/api/v1/account",
                        "{\"name\":\"" + name + "\",\"capabilities\":[\"login\"],\"password\":\"" + PASSWORD + "\"}")
                .is(200);
    }

    private static int signIn(RunningServer server, String address, String name, String password) {
        return server.api()
                .from(address)
                .post("/api/v1/session", body(name, password))
                .status();
    }

    private static String body(String name, String password) {
        return "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}";
    }
}
