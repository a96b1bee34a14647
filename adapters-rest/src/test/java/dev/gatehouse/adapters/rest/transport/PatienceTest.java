package dev.gatehouse.adapters.rest.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever takes too long is shown out; every test waits for the server to close. */
@MicronautTest
@Property(name = "gatehouse.transport.head", value = "1500ms")
@Property(name = "gatehouse.transport.body", value = "1500ms")
@Property(name = "gatehouse.transport.reply", value = "1500ms")
@Property(name = "gatehouse.transport.idle", value = "1500ms")
class PatienceTest {
    private final Api api;
    private final EmbeddedServer server;

    PatienceTest(Api api, EmbeddedServer server) {
        this.api = api;
        this.server = server;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void a_connection_that_says_nothing_is_closed_without_a_word() {
        assertThat(api.untilClosed(text(""))).isEmpty();
    }

    @Test
    void a_connection_without_a_next_request_is_closed_without_a_word() {
        List<Reply> replies = api.untilClosed(text("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertThat(replies).extracting(Reply::status).containsExactly(200);
    }

    @Test
    void a_head_that_stops_is_408() {
        List<Reply> replies = api.untilClosed(text("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "));
        assertThat(replies).hasSize(1);
        assertThat(replies.getFirst().told())
                .isEqualTo(Api.error(408, 3, "the head of the request did not arrive in time; send it at once"));
        assertThat(replies.getFirst().header("Connection")).isEqualTo("close");
        assertThat(replies.getFirst().header("X-Request-Id")).matches("[A-Za-z0-9._-]{8,64}");
    }

    @Test
    void the_head_of_a_second_request_that_stops_is_408_too() {
        List<Reply> replies =
                api.untilClosed(text("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"), text("GET /healthz HTT"));
        assertThat(replies).extracting(Reply::status).containsExactly(200, 408);
    }

    @Test
    void a_head_that_drips_is_408_however_often_it_drips() throws IOException {
        assertThat(dripping("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void a_body_that_drips_is_408_however_often_it_drips() throws IOException {
        assertThat(dripping("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 10000\r\n\r\n"))
                .startsWith("HTTP/1.1 408 ");
    }

    /** The answer to what begins so and goes on with one byte at a time, until the server closes. */
    private String dripping(String beginning) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(20);
            OutputStream out = socket.getOutputStream();
            out.write(text(beginning));
            StringBuilder reply = new StringBuilder();
            for (int each = 0; each >= 0; ) {
                try {
                    each = socket.getInputStream().read();
                    if (each >= 0) reply.append((char) each);
                } catch (SocketTimeoutException e) {
                    out.write('a');
                } catch (IOException e) {
                    each = -1;
                }
            }
            return reply.toString();
        }
    }

    @Test
    void a_body_that_stops_is_408() {
        List<Reply> replies = api.untilClosed(text("POST /api/v1/session HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{"));
        assertThat(replies).hasSize(1);
        assertThat(replies.getFirst().told())
                .isEqualTo(Api.error(408, 3, "the body did not arrive in time; send it at once"));
        assertThat(replies.getFirst().header("Connection")).isEqualTo("close");
    }

    @Test
    void a_body_that_nobody_waits_for_holds_no_connection() {
        List<Reply> replies = api.untilClosed(text("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{"));
        assertThat(replies).extracting(Reply::status).containsExactly(404);
    }

    @Test
    void a_body_in_time_is_read_to_its_end() {
        String credentials = "{\"username\":\"nobody\",\"password\":\"wrong\"}";
        List<Reply> replies = api.untilClosed(
                text("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + credentials.length() + "\r\n\r\n"),
                text(credentials));
        assertThat(replies).extracting(Reply::status).containsExactly(100, 401);
    }

    @Test
    void replies_that_nobody_takes_hold_no_connection() throws IOException {
        try (Socket socket = new Socket()) {
            assertShownOut(socket);
        }
        assertThat(api.get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void replies_that_are_taken_byte_by_byte_hold_no_connection_either() throws IOException {
        ScheduledExecutorService sipping = Executors.newSingleThreadScheduledExecutor();
        try (Socket socket = new Socket()) {
            var _ = sipping.scheduleWithFixedDelay(() -> sip(socket), 500, 20, TimeUnit.MILLISECONDS);
            assertShownOut(socket);
        } finally {
            sipping.shutdownNow();
        }
        assertThat(api.get("/healthz").status()).isEqualTo(200);
    }

    private void assertShownOut(Socket socket) throws IOException {
        byte[] request = text("GET /apidocs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n");
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        OutputStream out = socket.getOutputStream();
        // Stands still once the server reads no more, and fails when it closes.
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000_000; i++) out.write(request);
                })
                .isInstanceOf(IOException.class);
    }

    private static void sip(Socket socket) {
        try {
            if (socket.isConnected()) socket.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
