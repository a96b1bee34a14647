package dev.gatehouse.adapters.persistence;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The databases that every contract is bound to: one of each kind for all tests of this JVM. */
public enum TestDatabase {
    H2 {
        @Override
        Map<String, Object> fresh() {
            return settings(EmbeddedDatabase.url(folder()), "gatehouse", "");
        }
    },
    POSTGRESQL {
        private PostgresServer server;

        @Override
        synchronized Map<String, Object> fresh() {
            if (server == null) server = PostgresServer.start();
            return settings(server.newDatabase(), server.username(), server.password());
        }
    };

    private Map<String, Object> settings;
    private ApplicationContext context;
    private ApplicationContext another;
    private ApplicationContext cutOff;

    /** The adapter of a port. */
    public <T> T port(Class<T> type) {
        return context().getBean(type);
    }

    /** The adapter of a port, on the same database and with nothing else in common. */
    public <T> T portOfAnotherProcess(Class<T> type) {
        return another().getBean(type);
    }

    /** The adapter of a port, on a database that cannot be reached any more. */
    public <T> T cutOffPort(Class<T> type) {
        return cutOff().getBean(type);
    }

    private synchronized ApplicationContext context() {
        if (context == null) {
            settings = fresh();
            context = open(settings);
        }
        return context;
    }

    private synchronized ApplicationContext another() {
        context();
        if (another == null) another = open(settings);
        return another;
    }

    private synchronized ApplicationContext cutOff() {
        if (cutOff == null) {
            cutOff = open(fresh());
            cutOff.getBean(ConnectionPool.class).close();
        }
        return cutOff;
    }

    /** Settings for an empty database. */
    abstract Map<String, Object> fresh();

    /** The whole adapter on a database; whoever opens it closes it. */
    static ApplicationContext open(Map<String, Object> settings) {
        return ApplicationContext.run(settings);
    }

    static Map<String, Object> settings(String url, String username, String password) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("gatehouse.database.url", url);
        settings.put("gatehouse.database.username", username);
        settings.put("gatehouse.database.password", password);
        return settings;
    }

    /** A new folder that is gone after the tests. */
    static Path folder() {
        try {
            Path folder = Files.createTempDirectory("gatehouse-h2");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(each -> each.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
