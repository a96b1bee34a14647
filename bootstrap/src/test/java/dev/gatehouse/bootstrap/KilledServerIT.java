package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever was told "done" finds it done, also when the process is killed in the next instant. */
class KilledServerIT {
    private static final int KILLS = 5;
    private static final int WRITERS = 4;
    private static final Random RANDOM = new Random(20_261_123);

    @Test
    void no_acknowledged_write_is_lost_on_the_embedded_database(@TempDir Path home) throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Set<String> ended = ConcurrentHashMap.newKeySet();
        for (int kill = 0; kill < KILLS; kill++) {
            RunningServer server =
                    RunningServer.start(home, Map.of("GATEHOUSE_ADMIN_PASSWORD", RunningServer.ADMIN_PASSWORD));
            Api admin = server.api().signIn("admin", RunningServer.ADMIN_PASSWORD);
            if (kill == 0)
                admin.post(
                                "/api/v1/projects",
                                "{\"project\":{\"metadata\":{\"name\":\"p\"},\"spec\":{\"roles\":[{\"name\":\"ci\"}]}}}")
                        .is(200);
            lookFor(admin, acknowledged, ended);
            writeUntilKilled(server, admin, kill, acknowledged, ended);
        }
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            lookFor(server.api().signIn("admin", RunningServer.ADMIN_PASSWORD), acknowledged, ended);
        }
        assertThat(acknowledged).as("the killed servers had work").hasSizeGreaterThan(KILLS * WRITERS);
    }

    /** Each writer makes tokens and ends every third; the server is killed at a random moment meanwhile. */
    private static void writeUntilKilled(
            RunningServer server, Api admin, int round, Set<String> acknowledged, Set<String> ended)
            throws InterruptedException {
        AtomicBoolean alive = new AtomicBoolean(true);
        CountDownLatch enough = new CountDownLatch(20 + RANDOM.nextInt(150));
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String prefix = "t-" + round + "-" + writer + "-";
            writers.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; alive.get(); i++) {
                        String id = prefix + i;
                        if (admin.post("/api/v1/projects/p/roles/ci/token", "{\"id\":\"" + id + "\"}")
                                        .status()
                                != 200) return;
                        if (i % 3 == 0) {
                            // Whether an end that nobody acknowledged came about, nobody promised.
                            if (admin.delete("/api/v1/projects/p/roles/ci/token/0?id=" + id)
                                            .status()
                                    != 200) return;
                            ended.add(id);
                        }
                        acknowledged.add(id);
                        enough.countDown();
                    }
                } catch (UncheckedIOException e) {
                    // The server is gone, as it should be.
                }
            }));
        }
        enough.await();
        server.kill();
        alive.set(false);
        for (Thread each : writers) each.join();
    }

    private static void lookFor(Api admin, Set<String> acknowledged, Set<String> ended) {
        String project = admin.get("/api/v1/projects/p").is(200).body();
        Set<String> lost = new HashSet<>();
        for (String id : acknowledged)
            if (project.contains("\"id\":\"" + id + "\"") == ended.contains(id)) lost.add(id);
        assertThat(lost).as("acknowledged, and not as it was acknowledged").isEmpty();
    }
}
