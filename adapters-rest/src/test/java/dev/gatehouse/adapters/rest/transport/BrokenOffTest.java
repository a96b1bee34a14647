package dev.gatehouse.adapters.rest.transport;

import static dev.gatehouse.adapters.rest.transport.RawHttp2.DATA;
import static dev.gatehouse.adapters.rest.transport.RawHttp2.GOAWAY;
import static dev.gatehouse.adapters.rest.transport.RawHttp2.HEADERS;
import static dev.gatehouse.adapters.rest.transport.RawHttp2.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.transport.RawHttp2.Frame;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody waits for the rest of a body that cannot come any more, whoever ended its stream or its connection, and nothing is
 * kept of it.
 */
class BrokenOffTest {
    private static final long PROTOCOL_ERROR = 1;
    private static final byte CANCEL = 8;
    private static final int CONNECTIONS = 10;
    /** Less than the resets that end a connection. */
    private static final int STREAMS = 90;

    private static final int PIECE = 8000;

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
    void what_came_of_a_body_together_with_a_head_and_a_reset_is_given_back() throws Exception {
        // The pool grows to what it needs.
        sendAndReset();
        long before = inUse();

        sendAndReset();

        assertThat(inUse() - before).isLessThan(CONNECTIONS * STREAMS * PIECE / 2);
    }

    private static void sendAndReset() throws IOException {
        for (int connection = 0; connection < CONNECTIONS; connection++)
            try (RawHttp2 client = connect()) {
                for (int i = 0; i < STREAMS; i++) {
                    int stream = 1 + 2 * i;
                    client.together(() -> {
                        client.request(stream, "POST", "/reads", false);
                        client.send(DATA, 0, stream, new byte[PIECE]);
                        client.send(RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, CANCEL);
                    });
                }
                // Answered when all before it was read.
                client.request(1 + 2 * STREAMS, "GET", "/healthz", true);
                assertThat(client.next(HEADERS).status()).isEqualTo("200");
            }
        reader.told.clear();
    }

    /** Of the memory for what is received and sent. */
    private static long inUse() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }

    @Test
    void a_body_that_comes_together_with_its_head_in_pieces_is_read() throws Exception {
        try (RawHttp2 client = connect()) {
            client.together(() -> {
                client.request(1, "POST", "/reads", false, "content-length", "3");
                client.send(DATA, 0, 1, (byte) '1');
                client.send(DATA, 0, 1, (byte) '2');
                client.send(DATA, RawHttp2.END_STREAM, 1, (byte) '3');
            });
            assertThat(told()).isEqualTo(BodyReader.BEGINS);
            assertThat(told()).isEqualTo(BodyReader.READ + " 123");
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
        }
    }

    @Test
    void a_body_of_which_the_beginning_comes_together_with_its_head_is_read() throws Exception {
        try (RawHttp2 client = connect()) {
            client.together(() -> {
                client.request(1, "POST", "/reads", false, "content-length", "3");
                client.send(DATA, 0, 1, (byte) '1');
                client.send(DATA, 0, 1, (byte) '2');
            });
            assertThat(told()).isEqualTo(BodyReader.BEGINS);
            client.send(DATA, RawHttp2.END_STREAM, 1, (byte) '3');
            assertThat(told()).isEqualTo(BodyReader.READ + " 123");
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
        }
    }

    @Test
    void a_connection_that_the_client_closes() throws Exception {
        sending().close();
        assertThat(told()).isEqualTo(BodyReader.BREAKS_OFF);
    }

    @Test
    void a_connection_of_http1_that_the_client_closes() throws Exception {
        try (Socket client =
                server.authority().trusting().getSocketFactory().createSocket("localhost", server.port())) {
            client.getOutputStream()
                    .write("POST /reads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n1"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(told()).isEqualTo(BodyReader.BEGINS);
        }
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
            client.send(DATA, 0, 1, (byte) '2', (byte) '3', (byte) '4', (byte) '5');
            client.headers(1, true, "x", "a");
            assertThat(told()).isEqualTo(BodyReader.READ + " 12345");
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
            stillAnswers(client);
        }
    }

    @Test
    void but_a_body_is_read_whose_client_says_that_it_will_go_away() throws Exception {
        try (RawHttp2 client = sending()) {
            client.send(GOAWAY, 0, 0, new byte[8]);
            client.send(DATA, RawHttp2.END_STREAM, 1, (byte) '2', (byte) '3', (byte) '4', (byte) '5');
            assertThat(told()).isEqualTo(BodyReader.READ + " 12345");
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
        }
    }

    @Test
    void but_a_body_that_comes_whole_is_read() throws Exception {
        try (RawHttp2 client = sending()) {
            client.send(DATA, RawHttp2.END_STREAM, 1, (byte) '2', (byte) '3', (byte) '4', (byte) '5');
            assertThat(told()).isEqualTo(BodyReader.READ + " 12345");
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
            stillAnswers(client);
        }
    }
}
