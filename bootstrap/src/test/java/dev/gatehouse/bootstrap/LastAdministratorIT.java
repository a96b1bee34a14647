package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.Race;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that leaves one administrator, and the disabling of that one, at the same moment: never are both done. */
class LastAdministratorIT {
    private static final int ROUNDS = 15;
    private static final String PASSWORD = "somebodys-Passw0rd";
    private static final String BOTH =
            "g, alice, role:admin\\ng, bob, role:admin\\np, admin, policies, update, *, deny\\n";
    private static final String ALICE = BOTH.replace("g, bob, role:admin\\n", "");

    @TempDir
    private Path folder;

    @Test
    void in_one_process_on_the_embedded_database() {
        try (RunningServer server =
                RunningServer.start(folder, Map.of("GATEHOUSE_ADMIN_PASSWORD", RunningServer.ADMIN_PASSWORD))) {
            oneIsAlwaysLeft(server.api(), server.api());
            neitherTakesTheOther(server.api(), server.api());
        }
    }

    @Test
    void in_two_processes_on_one_postgresql() throws Exception {
        try (Cluster cluster = Cluster.on(folder)) {
            CompletableFuture<RunningServer> first = cluster.node("one", Map.of());
            CompletableFuture<RunningServer> second = cluster.node("other", Map.of());
            Api one = first.join().api();
            Api other = second.join().api();
            oneIsAlwaysLeft(one, other);
            neitherTakesTheOther(one, other);
        }
    }

    private static void oneIsAlwaysLeft(Api one, Api other) {
        Api admin = one.signIn("admin", RunningServer.ADMIN_PASSWORD);
        for (String each : List.of("alice", "bob"))
            admin.post(
                            "/api/v1/account",
                            "{\"name\":\"" + each + "\",\"capabilities\":[\"login\"],\"password\":\"" + PASSWORD
                                    + "\"}")
                    .is(200);
        replace(admin, BOTH).is(200);
        Api alice = one.signIn("alice", PASSWORD);
        Api bob = other.signIn("bob", PASSWORD);
        for (int round = 0; round < ROUNDS; round++) {
            String policy = policy(ALICE, version(admin, "/api/v1/policy"));
            String disabling = enabled(false, version(admin, "/api/v1/account/alice"));
            Api aliceNow = alice;

            Race<Integer> race = Race.between(List.of(
                    () -> aliceNow.put("/api/v1/policy", policy).status(),
                    () -> bob.put("/api/v1/account/alice", disabling).status()));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).as("round %d", round).containsOnlyOnce(200);
            if (race.returned().getFirst() == 200) {
                replace(alice, BOTH).is(200);
            } else {
                bob.put("/api/v1/account/alice", enabled(true, version(bob, "/api/v1/account/alice")))
                        .is(200);
                alice = one.signIn("alice", PASSWORD);
            }
        }
    }

    /** The two who are left disable each other at once. */
    private static void neitherTakesTheOther(Api one, Api other) {
        for (int round = 0; round < ROUNDS; round++) {
            Api alice = one.signIn("alice", PASSWORD);
            Api bob = other.signIn("bob", PASSWORD);
            String disablesBob = enabled(false, version(alice, "/api/v1/account/bob"));
            String disablesAlice = enabled(false, version(bob, "/api/v1/account/alice"));

            Race<Integer> race = Race.between(List.of(
                    () -> alice.put("/api/v1/account/bob", disablesBob).status(),
                    () -> bob.put("/api/v1/account/alice", disablesAlice).status()));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).as("round %d", round).containsOnlyOnce(200);
            boolean aliceIsLeft = race.returned().getFirst() == 200;
            Api left = aliceIsLeft ? alice : bob;
            String gone = "/api/v1/account/" + (aliceIsLeft ? "bob" : "alice");
            left.put(gone, enabled(true, version(left, gone))).is(200);
        }
    }

    private static Api.Reply replace(Api api, String csv) {
        return api.put("/api/v1/policy", policy(csv, version(api, "/api/v1/policy")));
    }

    private static String policy(String csv, String version) {
        return "{\"policyCsv\":\"" + csv + "\",\"policyDefault\":\"\",\"resourceVersion\":\"" + version + "\"}";
    }

    private static String enabled(boolean enabled, String version) {
        return "{\"capabilities\":[\"login\"],\"enabled\":" + enabled + ",\"resourceVersion\":\"" + version + "\"}";
    }

    private static String version(Api api, String path) {
        return api.get(path).is(200).text("resourceVersion");
    }
}
