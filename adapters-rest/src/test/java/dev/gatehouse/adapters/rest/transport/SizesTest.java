package dev.gatehouse.adapters.rest.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much there may be of everything. */
@MicronautTest
class SizesTest {
    private static final String TOO_MANY_HEADERS =
            Api.error(431, 3, "the headers are too large or too many; send fewer");

    private final Api api;
    private final EmbeddedServer server;

    SizesTest(Api api, EmbeddedServer server) {
        this.api = api;
        this.server = server;
    }

    private Reply answerTo(String head) {
        return api.raw((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII)).orElseThrow();
    }

    @Test
    void a_long_path_is_414() {
        assertThat(answerTo("GET /healthz?" + "a".repeat(16_000) + " HTTP/1.1\r\nHost: x")
                        .status())
                .isEqualTo(200);
        Reply reply = answerTo("GET /healthz?" + "a".repeat(16_400) + " HTTP/1.1\r\nHost: x");
        assertThat(reply.told())
                .isEqualTo(Api.error(414, 3, "the path and its parameters are too long; make them shorter"));
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
    }

    @Test
    void headers_of_more_than_96_kib_are_431() {
        assertThat(answerTo("GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(98_000))
                        .status())
                .isEqualTo(200);
        assertThat(answerTo("GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(98_400))
                        .told())
                .isEqualTo(TOO_MANY_HEADERS);
        assertThat(answerTo("GET /healthz HTTP/1.1\r\nHost: x" + ("\r\nX: " + "a".repeat(1000)).repeat(100))
                        .told())
                .isEqualTo(TOO_MANY_HEADERS);
    }

    @Test
    void more_than_200_headers_are_431() {
        assertThat(answerTo("GET /healthz HTTP/1.1\r\nHost: x" + "\r\nX: a".repeat(199))
                        .status())
                .isEqualTo(200);
        assertThat(answerTo("GET /healthz HTTP/1.1\r\nHost: x" + "\r\nX: a".repeat(200))
                        .told())
                .isEqualTo(TOO_MANY_HEADERS);
    }

    @Test
    void an_absurd_token_is_refused_like_any_other() {
        String token = "a.".repeat(2) + "b".repeat(90_000);
        assertThat(answerTo("GET /api/v1/account HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token)
                        .status())
                .isEqualTo(401);
        assertThat(answerTo("GET /api/v1/account HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ".".repeat(90_000))
                        .status())
                .isEqualTo(401);
        assertThat(answerTo("GET /api/v1/account HTTP/1.1\r\nHost: x\r\nCookie: argocd.token=" + token)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void what_is_no_http_is_refused_or_closed() {
        byte[] tls = {22, 3, 1, 0, 5, 1, 0, 0, 1, 3, '\r', '\n', '\r', '\n'};
        assertThat(api.raw(tls).map(Reply::status).orElse(400)).isEqualTo(400);
        assertThat(api.get("/healthz").status()).isEqualTo(200);
    }

    /** A body of a gigabyte for whoever takes one without a credential: 413 at its beginning, and no reading to its end. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/session", "/api/v1/events/demo/push", "/api/v1/events/demo", "/auth/logout", "/nope"})
    void cve_2024_40634_no_open_endpoint_reads_a_gigabyte(String path) throws IOException {
        for (String length : new String[] {"Content-Length: 1073741824", "Transfer-Encoding: chunked"}) {
            try (Socket socket = new Socket(server.getHost(), server.getPort())) {
                socket.setSoTimeout(20_000);
                OutputStream out = socket.getOutputStream();
                out.write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                byte[] piece = ("10000\r\n" + " ".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                long sent = 0;
                try {
                    for (; sent < 1 << 30; sent += piece.length) out.write(piece);
                } catch (IOException e) {
                    // Closed by the server, which is what this is about.
                }
                assertThat(sent).as(path + " " + length).isLessThan(1 << 28);
            }
            assertThat(api.get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void cve_2024_40634_a_gigabyte_is_413_before_it_is_sent() throws IOException {
        for (String path : new String[] {"/api/v1/session", "/api/v1/events/demo/push"}) {
            try (Socket socket = new Socket(server.getHost(), server.getPort())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream()
                        .write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: 1073741824\r\n\r\n ")
                                .getBytes(StandardCharsets.US_ASCII));
                String line = new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine();
                assertThat(line).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
            }
        }
    }
}
