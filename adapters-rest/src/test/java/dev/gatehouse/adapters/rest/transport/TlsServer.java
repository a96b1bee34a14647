package dev.gatehouse.adapters.rest.transport;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The adapter over a world in memory, on a port that speaks TLS; the settings are those the service makes. */
record TlsServer(Authority authority, EmbeddedServer server, Path certificate, Path key) implements AutoCloseable {

    static TlsServer start(Path folder, Map<String, Object> settings) throws IOException {
        Authority authority = new Authority();
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        authority.issue("first").write(certificate, key);
        Map<String, Object> all = new HashMap<>(Map.of(
                "gatehouse.tls.certificate",
                certificate.toString(),
                "gatehouse.tls.key",
                key.toString(),
                "gatehouse.tls.reload",
                "50ms",
                "micronaut.server.http-version",
                "2.0",
                "micronaut.server.ssl.enabled",
                true,
                "micronaut.server.ssl.port",
                -1,
                "micronaut.server.ssl.key-name",
                "gatehouse",
                "gatehouse.transport.head",
                "3s"));
        all.putAll(settings);
        return new TlsServer(authority, ApplicationContext.run(EmbeddedServer.class, all), certificate, key);
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.getApplicationContext().close();
    }
}
