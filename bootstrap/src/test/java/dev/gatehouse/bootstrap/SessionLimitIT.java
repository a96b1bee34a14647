package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.Race;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who signs in many times at the same moment never has more sessions than an account may have. */
class SessionLimitIT {
    private static final int ROUNDS = 8;
    private static final int AT_ONCE = 10;
    private static final int MOST = 3;
    private static final String PASSWORD = "somebodys-Passw0rd";

    @TempDir
    private Path folder;

    @Test
    void where_the_oldest_gives_way_in_one_process_on_the_embedded_database() {
        try (RunningServer server = RunningServer.start(folder, settings("endOldest"))) {
            for (List<Integer> round : rounds(server.api(), server.api()))
                assertThat(round).hasSize(AT_ONCE).containsOnly(200);
        }
    }

    @Test
    void where_a_sign_in_too_many_is_refused_in_two_processes_on_one_postgresql() throws Exception {
        try (Cluster cluster = Cluster.on(folder)) {
            CompletableFuture<RunningServer> first = cluster.node("one", settings("refuse"));
            CompletableFuture<RunningServer> second = cluster.node("other", settings("refuse"));
            Api one = first.join().api();
            Api other = second.join().api();
            for (List<Integer> round : rounds(one, other)) {
                assertThat(round).hasSize(AT_ONCE).allMatch(each -> each == 200 || each / 100 == 4);
                assertThat(round).filteredOn(each -> each == 200).hasSize(MOST);
            }
        }
    }

    private static Map<String, String> settings(String beyond) {
        return Map.of(
                "GATEHOUSE_ADMIN_PASSWORD",
                RunningServer.ADMIN_PASSWORD,
                "GATEHOUSE_SESSIONS_PER_ACCOUNT",
                Integer.toString(MOST),
                "GATEHOUSE_SESSIONS_BEYOND",
                beyond);
    }

    /** What each sign-in was told, round by round. */
    private static List<List<Integer>> rounds(Api one, Api other) {
        Api admin = one.signIn("admin", RunningServer.ADMIN_PASSWORD);
        admin.post(
                        "/api/v1/account",
                        "{\"name\":\"alice\",\"capabilities\":[\"login\"],\"password\":\"" + PASSWORD + "\"}")
                .is(200);
        String body = "{\"username\":\"alice\",\"password\":\"" + PASSWORD + "\"}";
        List<List<Integer>> told = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Callable<Integer>> signIns = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                Api at = i % 2 == 0 ? one : other;
                signIns.add(() -> at.post("/api/v1/session", body).status());
            }

            Race<Integer> race = Race.between(signIns);

            assertThat(race.thrown()).isEmpty();
            told.add(race.returned());
            assertThat(admin.get("/api/v1/sessions?subject=alice")
                            .is(200)
                            .body()
                            .split("\"id\":", -1))
                    .as("round %d", round)
                    .hasSize(1 + MOST);
            admin.delete("/api/v1/sessions?subject=alice").is(200);
        }
        return told;
    }
}
