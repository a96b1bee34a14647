package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.io.IOException;
import java.net.HttpURLConnection;
import org.junit.jupiter.api.Test;

/** Placeholder: shows that the whole service starts in a test. */
@MicronautTest(transactional = false)
@Property(name = "gatehouse.port", value = "-1")
@Property(name = "gatehouse.database.url", value = "jdbc:h2:mem:whole;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE")
class BuildProbeTest {

    private final EmbeddedServer server;

    BuildProbeTest(EmbeddedServer server) {
        this.server = server;
    }

    @Test
    void health_is_open_and_metrics_are_not() throws IOException {
        assertThat(status("/health")).isEqualTo(200);
        assertThat(status("/prometheus")).isEqualTo(401);
    }

    private int status(String path) throws IOException {
        var connection =
                (HttpURLConnection) server.getURI().resolve(path).toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
