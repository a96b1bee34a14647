package dev.gatehouse.adapters.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.PostgreSQLContainer;

/**
 * A real PostgreSQL on a loopback port: a container where a Docker engine answers, otherwise a process. Where neither can
 * start, the tests fail. It ends with this JVM at the latest.
 */
public abstract sealed class PostgresServer implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Starts one. */
    public static PostgresServer start() {
        PostgresServer server = DockerClientFactory.instance().isDockerAvailable() ? new Container() : new Local();
        server.resume();
        return server;
    }

    /** The address of one of its databases. */
    public abstract String url(String database);

    /** Who may do everything there. */
    public String username() {
        return "postgres";
    }

    public String password() {
        return "postgres";
    }

    /** Makes an empty database and gives its address. */
    public String newDatabase() {
        String name = "gatehouse" + DATABASES.incrementAndGet();
        try (var connection = DriverManager.getConnection(url("postgres"), username(), password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return url(name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the server; its data stays. */
    public abstract void stop();

    /** Starts the server again, at the same address. */
    public abstract void resume();

    @Override
    public void close() {
        stop();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Local extends PostgresServer {
        private final Path data;
        private final int port = freePort();
        private EmbeddedPostgres running;

        Local() {
            try {
                data = Files.createTempDirectory("gatehouse-postgresql");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String url(String database) {
            return "jdbc:postgresql://localhost:" + port + "/" + database;
        }

        @Override
        public void stop() {
            try {
                running.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void resume() {
            try {
                running = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setPort(port)
                        .setPGStartupWait(Duration.ofMinutes(1))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Container extends PostgresServer {
        private final int port = freePort();
        private final PostgreSQLContainer<?> container = new PostgreSQLContainer<>("postgres:17-alpine")
                .withUsername(username())
                .withPassword(password());

        Container() {
            // The same port after a restart.
            container.setPortBindings(List.of("127.0.0.1:" + port + ":5432"));
            container.start();
        }

        @Override
        public String url(String database) {
            return "jdbc:postgresql://localhost:" + port + "/" + database;
        }

        @Override
        public void stop() {
            container
                    .getDockerClient()
                    .stopContainerCmd(container.getContainerId())
                    .exec();
        }

        @Override
        public void resume() {
            if (container.isRunning()) return;
            container
                    .getDockerClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
            Eventually.holds(Duration.ofMinutes(1), () -> {
                try (var connection = DriverManager.getConnection(url("postgres"), username(), password())) {
                    return connection.isValid(1);
                } catch (SQLException e) {
                    return false;
                }
            });
        }
    }
}
