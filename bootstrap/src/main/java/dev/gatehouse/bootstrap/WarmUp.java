package dev.gatehouse.bootstrap;

import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A short life of the whole service on a throw-away data folder and a free loopback port. The JVM watches it and keeps
 * what it loaded and compiled, so that later starts are quick: see {@code ./gatehouse}.
 */
final class WarmUp {

    private static final List<String> PATHS = List.of("/health", "/health/readiness", "/prometheus", "/build-probe/x");

    private WarmUp() {}

    /** Whatever the environment says, this life touches {@code home} and no other data. */
    static void run(Path home) throws IOException {
        try (var context = Micronaut.build(new String[0])
                .banner(false)
                .properties(Map.of(
                        "gatehouse.home",
                        home.toString(),
                        "gatehouse.database.url",
                        "jdbc:h2:file:" + home
                                + "/gatehouse;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                        "gatehouse.host",
                        "127.0.0.1",
                        "gatehouse.port",
                        "-1"))
                .start()) {
            URI server = context.getBean(EmbeddedServer.class).getURI();
            for (int round = 0; round < 20; round++) {
                for (String path : PATHS) {
                    get(server.resolve(path));
                }
            }
        }
    }

    private static void get(URI uri) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        int status = connection.getResponseCode();
        if (status >= 500) {
            throw new IOException(uri + " answered " + status);
        }
        try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (body != null) {
                body.readAllBytes();
            }
        }
    }
}
