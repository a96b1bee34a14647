package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request costs the database that shows a token which this process knows already. */
class HotPathIT {
    private static final int REQUESTS = 3_000;

    @Test
    void a_token_that_is_known_costs_the_database_nothing_and_one_whose_uses_are_counted_does(@TempDir Path folder)
            throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("pg"))
                        .start();
                RunningServer server = RunningServer.start(
                        folder.resolve("home"),
                        Map.of(
                                "GATEHOUSE_DATABASE_URL",
                                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                                "GATEHOUSE_DATABASE_USERNAME",
                                "postgres",
                                "GATEHOUSE_MASTER_KEY",
                                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                                "GATEHOUSE_ADMIN_PASSWORD",
                                RunningServer.ADMIN_PASSWORD))) {
            Api admin = server.api().signIn("admin", RunningServer.ADMIN_PASSWORD);
            admin.post("/api/v1/account", "{\"name\":\"robot\",\"capabilities\":[\"apiKey\"]}")
                    .is(200);
            Api known = server.api().as(token(admin, "{\"subject\":\"robot\"}"));
            Api counted = server.api()
                    .as(token(admin, "{\"subject\":\"robot\",\"restrictions\":{\"maxUses\":" + 2 * REQUESTS + "}}"));
            ask(known, 20);
            ask(counted, 20);

            long ofCounted = transactionsDuring(postgres, () -> ask(counted, REQUESTS));
            long ofKnown = transactionsDuring(postgres, () -> ask(known, REQUESTS));

            assertThat(ofCounted).as("the measure itself tells").isGreaterThan(REQUESTS / 2);
            // Meanwhile the process reads the log four times a second, and writes what waits.
            assertThat(ofKnown).isLessThan(ofCounted / 4);
        }
    }

    private static String token(Api admin, String body) {
        return admin.post("/api/v1/tokens", body).is(200).text("token");
    }

    private static void ask(Api api, int times) {
        for (int i = 0; i < times; i++)
            api.get("/api/v1/account/can-i/applications/get/demo/web").is(200);
    }

    private static long transactionsDuring(EmbeddedPostgres postgres, Runnable work) throws SQLException {
        long before = transactions(postgres);
        work.run();
        return transactions(postgres) - before;
    }

    /** Since the database was made; each session tells of its own within a second, as long as it is at work. */
    private static long transactions(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select xact_commit + xact_rollback from pg_stat_database where datname = 'postgres'")) {
            assertThat(found.next()).isTrue();
            return found.getLong(1);
        }
    }
}
