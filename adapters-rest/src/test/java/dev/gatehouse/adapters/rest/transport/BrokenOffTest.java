package dev.gatehouse.adapters.rest.transport;

import static dev.gatehouse.adapters.rest.transport.RawHttp2.DATA;
import static dev.gatehouse.adapters.rest.transport.RawHttp2.GOAWAY;
import static dev.gatehouse.adapters.rest.transport.RawHttp2.HEADERS;
import static dev.gatehouse.adapters.rest.transport.RawHttp2.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.transport.RawHttp2.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody waits for the rest of a body that cannot come any more, whoever ended its stream or its connection. */
class BrokenOffTest {
    private static final long PROTOCOL_ERROR = 1;
    private static final byte CANCEL = 8;

    @TempDir
    private static Path folder;

    private static TlsServer server;
    private static BodyReader reader;

    @BeforeAll
    static void start() throws IOException {
        // What takes long is not ended here before the test gives up.
        server = TlsServer.start(
                folder,
                Map.of(
                        "gatehouse.test.bodies", true,
                        "gatehouse.transport.body", "10m",
                        "gatehouse.transport.idle", "10m"));
        reader = server.server().getApplicationContext().getBean(BodyReader.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawHttp2 connect() throws IOException {
        return new RawHttp2(server.authority().trusting(), "localhost", server.port());
    }

    /** A body of five bytes, of which one has come and is waited behind. */
    private static RawHttp2 sending() throws Exception {
        RawHttp2 client = connect();
        client.request(1, "POST", "/reads", false, "content-length", "5");
        client.send(DATA, 0, 1, (byte) '1');
        assertThat(told()).isEqualTo(BodyReader.BEGINS);
        return client;
    }

    /** What the reader tells next; it waits no longer than ten seconds. */
    private static String told() throws InterruptedException {
        return String.valueOf(reader.told.poll(10, TimeUnit.SECONDS));
    }

    private static void stillAnswers(RawHttp2 client) throws IOException {
        client.request(3, "GET", "/healthz", true);
        Frame next = client.next(HEADERS);
        assertThat(next.stream()).isEqualTo(3);
        assertThat(next.status()).isEqualTo("200");
    }

    @Test
    void a_stream_that_the_client_resets() throws Exception {
        try (RawHttp2 client = sending()) {
            client.send(RST_STREAM, 0, 1, (byte) 0, (byte) 0, (byte) 0, CANCEL);
            assertThat(told()).isEqualTo(BodyReader.BREAKS_OFF);
            stillAnswers(client);
        }
    }

    @Test
    void a_stream_that_the_codec_resets_for_a_body_that_is_longer_than_it_said() throws Exception {
        try (RawHttp2 client = sending()) {
            client.send(DATA, 0, 1, new byte[10]);
            Frame reset = client.next(RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.number(0)).isEqualTo(PROTOCOL_ERROR);
            assertThat(told()).isEqualTo(BodyReader.BREAKS_OFF);
            stillAnswers(client);
        }
    }

    @Test
    void a_stream_that_the_codec_resets_for_a_body_that_ends_too_early() throws Exception {
        try (RawHttp2 client = sending()) {
            client.send(DATA, RawHttp2.END_STREAM, 1, (byte) '2');
            Frame reset = client.next(RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.number(0)).isEqualTo(PROTOCOL_ERROR);
            assertThat(told()).isEqualTo(BodyReader.BREAKS_OFF);
            stillAnswers(client);
        }
    }

    @Test
    void a_connection_that_the_client_closes() throws Exception {
        sending().close();
        assertThat(told()).isEqualTo(BodyReader.BREAKS_OFF);
    }

    @Test
    void a_connection_that_the_codec_ends() throws Exception {
        try (RawHttp2 client = sending()) {
            client.send(HEADERS, 0, 0, new byte[] {1, 2, 3});
            client.next(GOAWAY);
            assertThat(client.next(each -> false)).isEmpty();
            assertThat(told()).isEqualTo(BodyReader.BREAKS_OFF);
        }
    }

    @Test
    void but_a_body_that_ends_with_trailers_is_read() throws Exception {
        try (RawHttp2 client = sending()) {
            client.send(DATA, 0, 1, new byte[4]);
            client.headers(1, true, "x", "a");
            assertThat(told()).isEqualTo(BodyReader.READ);
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
            stillAnswers(client);
        }
    }

    @Test
    void but_a_body_that_comes_whole_is_read() throws Exception {
        try (RawHttp2 client = sending()) {
            client.send(DATA, RawHttp2.END_STREAM, 1, new byte[4]);
            assertThat(told()).isEqualTo(BodyReader.READ);
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
            stillAnswers(client);
        }
    }
}
