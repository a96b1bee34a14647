package dev.gatehouse.adapters.rest.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that somebody else may read as more than one, or as meant for somebody else (RFC 9112 section 11.2). */
@MicronautTest
class FramingTest {
    private static final String HIDDEN = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String REFUSED =
            Api.error(400, 3, "the request does not read; check its head, its path and its parameters");

    private final Api api;

    FramingTest(Api api) {
        this.api = api;
    }

    private List<Reply> repliesTo(String text) {
        return api.untilClosed(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 2",
                "Content-Length: 5, 5",
                "Content-Length: +5",
                "Content-Length: -1",
                "Content-Length : 5",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding:\r\n chunked",
                "Transfer-Encoding:\r\n\tchunked",
                "Transfer-Encoding: chunked\r\n , identity",
                "Content-Length: 5\r\n 5",
                "Content-Length:\r\n 5\r\nTransfer-Encoding: chunked"
            })
    void a_body_whose_end_is_not_clear_is_refused_and_nothing_behind_it_is_a_request(String headers) {
        List<Reply> replies = repliesTo("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "X-Request-Id: sent-by-a-test\r\n" + headers + "\r\n\r\n0\r\n\r\n" + HIDDEN);

        assertThat(replies).extracting(Reply::told).containsExactly(REFUSED);
        assertThat(replies.getFirst().header("Connection")).isEqualTo("close");
        assertThat(replies.getFirst().header("X-Request-Id")).isEqualTo("sent-by-a-test");
    }

    /** RFC 9112 5.2: refused or replaced; here the fold becomes one blank, before anything is read from it. */
    @Test
    void a_header_that_is_folded_is_one_line_with_a_blank() {
        assertThat(api.raw("GET /healthz HTTP/1.1", "Host: x", "X-Request-Id: sent-by-a\r\n -test")
                        .orElseThrow()
                        .header("X-Request-Id"))
                .as("a blank is no part of an id")
                .doesNotContain("sent-by-a");
        String admin = api.as("admin").replace("Bearer ", "Bearer\r\n ");
        assertThat(api.raw("GET /api/v1/account HTTP/1.1", "Host: x", admin)
                        .orElseThrow()
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /healthz HTTP/1.1",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: a",
                "GET /healthz HTTP/1.1\r\nHost: a, b",
                "GET /healthz HTTP/1.1\r\nHost: a/b",
                "GET /healthz HTTP/1.1\r\nHost: u@a",
                "GET /healthz HTTP/1.1\r\nHost: a:port",
                "GET /healthz HTTP/1.1\r\nHost: [a",
                "GET /healthz HTTP/1.1\r\nHost: a\r\n b",
                "GET /healthz HTTP/1.1\r\n Host: a",
                "GET /healthz HTTP/1.1\r\n X: y\r\nHost: a",
                "GET /healthz HTTP/1.0\r\nHost: a\r\nHost: b",
                "GET /healthz HTTP/1.2\r\nHost: a",
                "GET /healthz HTTP/9.9\r\nHost: a"
            })
    void a_head_that_names_no_host_or_two_or_another_protocol_is_refused(String head) {
        assertThat(repliesTo(head + "\r\n\r\n" + HIDDEN))
                .extracting(Reply::told)
                .containsExactly(REFUSED);
    }

    /** Where it is taken for HEAD there is no body in the reply, and nobody else could know where the reply ends. */
    @ParameterizedTest
    @ValueSource(strings = {"head", "Head", "HEAd"})
    void what_is_almost_head_is_refused_and_the_connection_closed(String method) {
        List<Reply> replies = repliesTo(method + " /healthz HTTP/1.1\r\nHost: x\r\n\r\n" + HIDDEN);

        assertThat(replies).extracting(Reply::status).containsExactly(400);
        assertThat(replies.getFirst().header("Connection")).isEqualTo("close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "x:8080", "[2001:db8::1]:443", "xn--bcher-kva.example", "a_b.example:"})
    void every_host_that_is_one_will_do(String host) {
        assertThat(api.raw("GET /healthz HTTP/1.1", "Host: " + host)
                        .orElseThrow()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_came_before_is_answered_first() {
        assertThat(repliesTo(HIDDEN + "GET /healthz HTTP/1.1\r\n\r\n" + HIDDEN))
                .extracting(Reply::status)
                .containsExactly(200, 400);
    }
}
