package dev.gatehouse.adapters.rest.transport;

import static dev.gatehouse.adapters.rest.transport.RawHttp2.DATA;
import static dev.gatehouse.adapters.rest.transport.RawHttp2.GOAWAY;
import static dev.gatehouse.adapters.rest.transport.RawHttp2.HEADERS;
import static dev.gatehouse.adapters.rest.transport.RawHttp2.RST_STREAM;
import static dev.gatehouse.adapters.rest.transport.RawHttp2.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.transport.RawHttp2.Frame;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for HTTP/1 holds for HTTP/2: limits of size and time, and the root path. */
class Http2Test {
    private static final long PROTOCOL_ERROR = 1;
    private static final long CANCEL = 8;
    private static final long REFUSED_STREAM = 7;
    private static final long ENHANCE_YOUR_CALM = 11;

    @TempDir
    private static Path folder;

    private static TlsServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TlsServer.start(
                folder,
                Map.of(
                        "gatehouse.root-path", "/x",
                        "gatehouse.transport.body", "2s",
                        "gatehouse.transport.reply", "2s",
                        "gatehouse.transport.idle", "2s"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawHttp2 connect(byte... settings) throws IOException {
        return new RawHttp2(server.authority().trusting(), "localhost", server.port(), settings);
    }

    private static void stillAnswers() throws IOException {
        try (RawHttp2 client = connect()) {
            client.request(1, "GET", "/healthz", true);
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
        }
    }

    private static String[] headers(int count, String value) {
        return Collections.nCopies(count, List.of("x", value)).stream()
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    @Test
    void its_limits_are_announced() throws IOException {
        try (RawHttp2 client = connect()) {
            Frame settings = client.next(SETTINGS);
            List<String> pairs = new ArrayList<>();
            for (int i = 0; i < settings.payload().length; i += 6)
                pairs.add((settings.payload()[i + 1] & 0xff) + "=" + settings.number(i + 2));
            assertThat(pairs).contains("3=100", "6=98304");
        }
    }

    @Test
    void the_root_path_is_taken_off() throws IOException {
        try (RawHttp2 client = connect()) {
            client.request(1, "GET", "/x/api/version", true);
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
            client.request(3, "GET", "/api/version", true);
            assertThat(client.next(HEADERS).status()).isEqualTo("404");
            client.request(5, "GET", "/healthz", true);
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
        }
    }

    @Test
    void too_many_headers_are_431_in_the_words_of_http1() throws IOException {
        try (RawHttp2 client = connect()) {
            client.request(1, "GET", "/healthz", true, headers(200, "a"));
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
            String[] tooMany = headers(201, "a");
            client.request(3, "GET", "/healthz", true, tooMany);
            Frame head = client.next(HEADERS);
            assertThat(head.stream()).isEqualTo(3);
            assertThat(head.headers())
                    .containsEntry(":status", "431")
                    .containsEntry("content-type", "application/json")
                    .containsEntry("cache-control", "no-store")
                    .doesNotContainKey("connection");
            assertThat(head.headers().get("x-request-id")).matches("[A-Za-z0-9._-]{8,64}");
            Frame body = client.next(DATA);
            assertThat(head.status() + " " + new String(body.payload(), StandardCharsets.US_ASCII))
                    .isEqualTo(Api.error(431, 3, "the headers are too large or too many; send fewer"));
            assertThat(body.ends()).isTrue();

            tooMany[0] = "x-request-id";
            tooMany[1] = "chosen-by-the-client";
            client.request(5, "HEAD", "/healthz", true, tooMany);
            Frame bare = client.next(HEADERS);
            assertThat(bare.headers()).containsEntry("x-request-id", "chosen-by-the-client");
            assertThat(bare.ends()).as("nothing behind the head").isTrue();
        }
        stillAnswers();
    }

    @Test
    void a_body_behind_too_many_headers_is_read_by_nobody_and_the_connection_goes_on() throws IOException {
        try (RawHttp2 client = connect()) {
            client.request(1, "POST", "/x/api/v1/session", false, headers(201, "a"));
            assertThat(client.next(HEADERS).status()).isEqualTo("431");
            assertThat(client.next(RST_STREAM).number(0)).isZero();
            client.send(DATA, RawHttp2.END_STREAM, 1, "{}".getBytes(StandardCharsets.US_ASCII));
            client.request(3, "GET", "/healthz", true);
            Frame next = client.next(HEADERS);
            assertThat(next.stream()).isEqualTo(3);
            assertThat(next.status()).isEqualTo("200");
        }
    }

    @Test
    void too_many_trailers_end_their_stream_alone() throws IOException {
        try (RawHttp2 client = connect()) {
            client.request(1, "POST", "/x/api/v1/session", false, "content-type", "application/json");
            client.send(DATA, 0, 1, "{".getBytes(StandardCharsets.US_ASCII));
            client.headers(1, true, headers(300, "a"));
            Frame reset = client.next(RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.number(0)).isEqualTo(PROTOCOL_ERROR);
            client.request(3, "GET", "/healthz", true);
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
        }
    }

    @Test
    void headers_of_more_than_96_kib_are_431_as_the_codec_says_it() throws IOException {
        try (RawHttp2 client = connect()) {
            client.request(1, "GET", "/healthz", true, headers(10, "a".repeat(10_000)));
            Frame head = client.next(HEADERS);
            assertThat(head.headers()).isEqualTo(Map.of(":status", "431"));
            assertThat(head.ends()).as("nothing behind the head").isTrue();
            client.request(3, "GET", "/healthz", true);
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
        }
    }

    @Test
    void headers_of_more_than_120_kib_end_the_connection() throws IOException {
        try (RawHttp2 client = connect()) {
            try {
                client.request(1, "GET", "/healthz", true, headers(13, "a".repeat(10_000)));
            } catch (IOException e) {
                // Closed already.
            }
            assertThat(client.next(each -> each.type() == HEADERS)).isEmpty();
        }
        stillAnswers();
    }

    @Test
    void cve_2023_44487_a_flood_of_resets_ends_the_connection() throws IOException {
        try (RawHttp2 client = connect()) {
            try {
                for (int stream = 1; stream < 4000; stream += 2) {
                    client.request(stream, "GET", "/x/api/version", true);
                    client.send(RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) CANCEL);
                }
            } catch (IOException e) {
                // Closed already.
            }
            client.next(each -> each.type() == GOAWAY)
                    .ifPresent(each -> assertThat(each.number(4)).isEqualTo(ENHANCE_YOUR_CALM));
            assertThat(client.next(each -> false)).isEmpty();
        }
        stillAnswers();
    }

    @Test
    void a_flood_of_pieces_of_headers_ends_the_connection() throws IOException {
        try (RawHttp2 client = connect()) {
            try {
                client.send(HEADERS, 0, 1);
                for (int i = 0; i < 100_000; i++) client.send(RawHttp2.CONTINUATION, 0, 1);
            } catch (IOException e) {
                // Closed already.
            }
            assertThat(client.next(each -> false)).isEmpty();
        }
        stillAnswers();
    }

    @Test
    void more_streams_than_announced_are_refused() throws IOException {
        try (RawHttp2 client = connect()) {
            for (int i = 0; i < 101; i++)
                client.request(1 + 2 * i, "POST", "/x/api/v1/session", false, "content-type", "application/json");
            Frame refused = client.next(RST_STREAM);
            assertThat(refused.stream()).isEqualTo(201);
            assertThat(refused.number(0)).isEqualTo(REFUSED_STREAM);
        }
        stillAnswers();
    }

    @Test
    void a_body_that_stops_ends_its_stream_alone() throws IOException {
        try (RawHttp2 client = connect()) {
            client.request(1, "POST", "/x/api/v1/session", false, "content-type", "application/json");
            client.send(DATA, 0, 1, "{".getBytes(StandardCharsets.US_ASCII));
            Frame reset = client.next(RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.number(0)).isEqualTo(CANCEL);
            client.request(3, "GET", "/healthz", true);
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
        }
    }

    @Test
    void a_body_that_drips_ends_its_stream_however_often_it_drips() throws IOException {
        ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
        try (RawHttp2 client = connect()) {
            client.request(1, "POST", "/x/api/v1/session", false, "content-type", "application/json");
            var _ = dripping.scheduleWithFixedDelay(() -> send(client, DATA, (byte) ' '), 0, 20, TimeUnit.MILLISECONDS);
            Frame reset = client.next(RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.number(0)).isEqualTo(CANCEL);
        } finally {
            dripping.shutdownNow();
        }
        stillAnswers();
    }

    private static void send(RawHttp2 client, int type, byte... payload) {
        try {
            client.send(type, 0, 1, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_reply_that_nobody_takes_ends_its_stream_alone() throws IOException {
        // No window: the client lets nothing of a body be sent.
        try (RawHttp2 client = connect((byte) 0, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0)) {
            client.request(1, "GET", "/x/apidocs/swagger-ui-bundle.js", true);
            Frame reset = client.next(RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.number(0)).isEqualTo(CANCEL);
            client.request(3, "HEAD", "/healthz", true);
            assertThat(client.next(HEADERS).status()).isEqualTo("200");
        }
    }

    /** Of four hundred, at 1.4 MB each. */
    @Test
    void replies_that_nobody_takes_are_not_made() throws IOException {
        stillAnswers();
        long before = memory();
        long most = 0;
        List<RawHttp2> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                RawHttp2 client = connect((byte) 0, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
                clients.add(client);
                for (int stream = 1; stream < 200; stream += 2)
                    client.request(stream, "GET", "/x/apidocs/swagger-ui-bundle.js", true);
                for (int each = 0; each < 100; each++)
                    assertThat(client.next(HEADERS).status()).isEqualTo("200");
                most = Math.max(most, memory());
            }
        } finally {
            for (RawHttp2 client : clients) client.close();
        }
        assertThat(most - before).isLessThan(100_000_000L);
    }

    /** What is in use of the heap, and beside it for what is sent. */
    private static long memory() {
        System.gc();
        ByteBufAllocatorMetric beside = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + beside.usedDirectMemory();
    }

    @Test
    void a_reply_that_is_taken_byte_by_byte_ends_its_stream_too() throws IOException {
        ScheduledExecutorService sipping = Executors.newSingleThreadScheduledExecutor();
        try (RawHttp2 client = connect((byte) 0, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0)) {
            client.request(1, "GET", "/x/apidocs/swagger-ui-bundle.js", true);
            var _ = sipping.scheduleWithFixedDelay(
                    () -> send(client, RawHttp2.WINDOW_UPDATE, (byte) 0, (byte) 0, (byte) 0, (byte) 1),
                    0,
                    20,
                    TimeUnit.MILLISECONDS);
            assertThat(client.next(each -> each.type() == DATA && each.payload().length > 0))
                    .as("some of it is taken")
                    .isPresent();
            Frame reset = client.next(RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.number(0)).isEqualTo(CANCEL);
        } finally {
            sipping.shutdownNow();
        }
        stillAnswers();
    }

    @Test
    void a_connection_without_streams_is_closed() throws IOException {
        try (RawHttp2 client = connect()) {
            assertThat(client.next(GOAWAY).number(4)).isZero();
            assertThat(client.next(each -> false)).isEmpty();
        }
    }

    /** No other request can begin before it is whole (RFC 9113 4.3). */
    @Test
    void a_head_that_stops_holds_no_connection() throws IOException {
        try (RawHttp2 client = connect()) {
            client.send(HEADERS, 0, 1, (byte) 0);
            assertThat(client.next(GOAWAY).number(4)).isZero();
            assertThat(client.next(each -> false)).isEmpty();
        }
    }

    @Test
    void a_head_that_drips_holds_no_connection_either() throws IOException {
        ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
        try (RawHttp2 client = connect()) {
            client.begin(HEADERS, 0, 1, 16_000);
            var _ = dripping.scheduleWithFixedDelay(() -> drip(client), 0, 20, TimeUnit.MILLISECONDS);
            assertThat(client.next(GOAWAY).number(4)).isZero();
            assertThat(client.next(each -> false)).isEmpty();
        } finally {
            dripping.shutdownNow();
        }
    }

    private static void drip(RawHttp2 client) {
        try {
            client.more((byte) 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_is_no_http2_is_closed() throws IOException {
        try (RawHttp2 client = connect()) {
            client.send(HEADERS, 0, 0, new byte[] {1, 2, 3});
            client.next(GOAWAY);
            assertThat(client.next(each -> false)).isEmpty();
        }
        stillAnswers();
    }
}
