package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/** Real processes on one real PostgreSQL of their own. */
final class Cluster implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final List<RunningServer> nodes = new CopyOnWriteArrayList<>();

    private Cluster(Path folder, EmbeddedPostgres postgres) {
        this.folder = folder;
        this.postgres = postgres;
    }

    /** An empty database, and nobody on it. */
    static Cluster on(Path folder) throws IOException {
        return new Cluster(
                folder,
                EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("pg"))
                        .start());
    }

    /** Where the database listens. */
    int port() {
        return postgres.getPort();
    }

    /** Begins to start a node. */
    CompletableFuture<RunningServer> node(String name, Map<String, String> more, String... jvmOptions) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "GATEHOUSE_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                "GATEHOUSE_DATABASE_USERNAME",
                "postgres",
                "GATEHOUSE_MASTER_KEY",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "GATEHOUSE_ADMIN_PASSWORD",
                RunningServer.ADMIN_PASSWORD));
        settings.putAll(more);
        return CompletableFuture.supplyAsync(() -> {
            RunningServer server = RunningServer.start(folder.resolve(name), settings, jvmOptions);
            nodes.add(server);
            return server;
        });
    }

    static Api admin(RunningServer node) {
        return node.api().signIn("admin", RunningServer.ADMIN_PASSWORD);
    }

    /** Changes rows as if time had passed, or somebody else had. */
    int write(String sql, Object... parameters) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                PreparedStatement statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** The one number that a query answers. */
    long number(String sql, Object... parameters) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                PreparedStatement statement = prepared(connection, sql, parameters);
                ResultSet found = statement.executeQuery()) {
            if (!found.next()) throw new AssertionError("no row for " + sql);
            return found.getLong(1);
        }
    }

    /** Waits until a number that a query answers is as wanted. */
    void await(String sql, LongPredicate wanted) throws SQLException {
        long end = System.nanoTime() + Watch.PATIENCE.toNanos();
        while (!wanted.test(number(sql))) {
            assertThat(System.nanoTime()).as("waiting for %s", sql).isLessThan(end);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
        return statement;
    }

    @Override
    public void close() throws IOException {
        for (RunningServer each : nodes) each.kill();
        postgres.close();
    }
}
