package dev.gatehouse.adapters.rest.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.PublicAddress;
import dev.gatehouse.adapters.rest.RequestIds;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that come at once: whoever takes no reply gets no further one made. */
@MicronautTest
class PipeliningTest {
    private final Api api;
    private final EmbeddedChannel channel;

    PipeliningTest(Api api, TransportSettings settings, PublicAddress address, RequestIds ids) {
        this.api = api;
        this.channel = new EmbeddedChannel(new Http1Watch(settings, address, ids));
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void each_is_handed_on_when_the_one_before_is_answered() {
        comes("/1");
        comes("/2");
        comes("/3");

        assertThat(handedOn()).containsExactly("/1", "end");
        answer();
        assertThat(handedOn()).containsExactly("/2", "end");
        answer();
        assertThat(handedOn()).containsExactly("/3", "end");
        answer();
        assertThat(handedOn()).isEmpty();
        comes("/4");
        assertThat(handedOn()).containsExactly("/4", "end");
    }

    @Test
    void a_body_comes_with_its_own_request() {
        comes("/1");
        channel.writeInbound(request("/2"));
        channel.writeInbound(new DefaultHttpContent(Unpooled.copiedBuffer("body", StandardCharsets.US_ASCII)));

        assertThat(handedOn()).containsExactly("/1", "end");
        answer();
        assertThat(handedOn()).containsExactly("/2", "body");
        channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(handedOn()).containsExactly("end");
    }

    @Test
    void while_nobody_takes_the_reply_before_none_is_begun() {
        comes("/1");
        comes("/2");
        writable(false);

        answer();
        assertThat(handedOn()).containsExactly("/1", "end");
        writable(true);
        assertThat(handedOn()).containsExactly("/2", "end");
    }

    @Test
    void what_waits_when_the_client_leaves_is_given_up() {
        comes("/1");
        channel.writeInbound(request("/2"));
        HttpContent body = new DefaultHttpContent(Unpooled.copiedBuffer("body", StandardCharsets.US_ASCII));
        channel.writeInbound(body);

        channel.close();
        channel.runPendingTasks();

        assertThat(body.refCnt()).isZero();
        assertThat(handedOn()).containsExactly("/1", "end");
    }

    @Test
    void all_are_answered_in_their_order() {
        StringBuilder requests = new StringBuilder();
        for (int i = 100; i < 150; i++) {
            String id = "\r\nHost: x\r\nX-Request-Id: request-" + i + "\r\n";
            requests.append("GET /api/version HTTP/1.1").append(id).append("\r\n");
            requests.append("POST /api/v1/session HTTP/1.1")
                    .append(id)
                    .append("Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        }
        requests.append("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: the-last-one\r\n\r\n");

        List<Api.Reply> replies = api.untilClosed(requests.toString().getBytes(StandardCharsets.US_ASCII));

        List<String> wanted = new ArrayList<>();
        IntStream.range(100, 150).forEach(i -> wanted.addAll(List.of("200 request-" + i, "401 request-" + i)));
        wanted.add("200 the-last-one");
        assertThat(replies.stream()
                        .map(each -> each.status() + " " + each.header("X-Request-Id"))
                        .toList())
                .isEqualTo(wanted);
    }

    private static HttpRequest request(String path) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
        request.headers().set("Host", "x");
        return request;
    }

    private void comes(String path) {
        channel.writeInbound(request(path), LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void answer() {
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        channel.runPendingTasks();
    }

    private void writable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    /** What the framework got since this was asked the last time. */
    private List<String> handedOn() {
        List<String> all = new ArrayList<>();
        for (Object each = channel.readInbound(); each != null; each = channel.readInbound())
            all.add(
                    switch (each) {
                        case HttpRequest request -> request.uri();
                        case LastHttpContent last -> "end";
                        case HttpContent piece -> piece.content().toString(StandardCharsets.US_ASCII);
                        default -> each.toString();
                    });
        return all;
    }
}
