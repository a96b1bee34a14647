package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a request costs the database that shows a token which this process knows already. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotPathIT {
    private static final String QUESTION = "/api/v1/account/can-i/applications/get/demo/web";
    private static final int REQUESTS = 3_000;
    /** What the process asks of its own accord, at most: it reads the log four times a second, and writes what waits. */
    private static final int OWN_PER_SECOND = 20;

    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(30);

    private Cluster cluster;
    private DatabaseProxy line;
    private RunningServer server;
    private Api admin;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cluster = Cluster.on(folder);
        line = new DatabaseProxy(cluster.port());
        server = cluster.node(
                        "home",
                        Map.of("GATEHOUSE_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + line.port() + "/postgres"))
                .join();
        admin = Cluster.admin(server);
        admin.post("/api/v1/account", "{\"name\":\"robot\",\"capabilities\":[\"apiKey\"]}")
                .is(200);
    }

    @AfterAll
    void stop() throws Exception {
        line.close();
        cluster.close();
    }

    @Test
    void a_token_that_is_known_costs_the_database_nothing_and_one_whose_uses_are_counted_does() {
        Api known = server.api().as(token("{\"subject\":\"robot\"}"));
        Api counted =
                server.api().as(token("{\"subject\":\"robot\",\"restrictions\":{\"maxUses\":" + 2 * REQUESTS + "}}"));
        ask(known, 20);
        ask(counted, 20);

        long ofCounted = sentDuring(() -> ask(counted, REQUESTS));
        long begun = System.nanoTime();
        long ofKnown = sentDuring(() -> ask(known, REQUESTS));
        long seconds = 1 + Duration.ofNanos(System.nanoTime() - begun).toSeconds();

        assertThat(ofCounted).as("the measure itself tells").isGreaterThanOrEqualTo(REQUESTS);
        assertThat(ofKnown).as("within %s s", seconds).isLessThan(REQUESTS / 100 + seconds * OWN_PER_SECOND);
    }

    @Test
    void a_use_stands_in_the_record_within_half_a_minute() {
        Api used = server.api().as(token("{\"subject\":\"robot\",\"id\":\"watched\"}"));
        for (String each : List.of("use/first", "use/second", "use/last"))
            used.send("GET", QUESTION, "", "User-Agent", each).is(200);
        long last = System.nanoTime();

        String told = "";
        for (long asked = last; !told.contains("\"lastUsedBy\":\"use/last\""); asked = System.nanoTime()) {
            assertThat(asked - last).as("nanoseconds; %s", told).isLessThan(WRITTEN_WITHIN.toNanos());
            told = admin.get("/api/v1/tokens/watched").is(200).body();
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private String token(String body) {
        return admin.post("/api/v1/tokens", body).is(200).text("token");
    }

    private static void ask(Api api, int times) {
        for (int i = 0; i < times; i++) api.get(QUESTION).is(200);
    }

    private long sentDuring(Runnable work) {
        long before = line.sent();
        work.run();
        return line.sent() - before;
    }
}
