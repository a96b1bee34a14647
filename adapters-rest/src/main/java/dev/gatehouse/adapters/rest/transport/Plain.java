package dev.gatehouse.adapters.rest.transport;

import dev.gatehouse.adapters.rest.Code;
import dev.gatehouse.adapters.rest.PublicAddress;
import dev.gatehouse.adapters.rest.RequestIds;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers plain HTTP on a port that speaks TLS: once, whatever was asked, without a look at Host. */
final class Plain extends SimpleChannelInboundHandler<HttpObject> {
    private final PublicAddress address;
    private final RequestIds ids;
    private final boolean redirects;
    private boolean answered;

    Plain(PublicAddress address, RequestIds ids, boolean redirects) {
        this.address = address;
        this.ids = ids;
        this.redirects = redirects;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (answered || !(message instanceof HttpRequest request)) return;
        answered = true;
        // Half closed, not closed: a reply may be lost with a connection that is closed while its client still writes.
        context.writeAndFlush(replyTo(request)).addListener(sent -> {
            var _ = context.channel() instanceof DuplexChannel channel ? channel.shutdownOutput() : context.close();
        });
    }

    /** A client that goes away is nothing to write down. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    private FullHttpResponse replyTo(HttpRequest request) {
        Optional<String> origin = address.origin().filter(each -> each.startsWith("https:"));
        String path = PublicAddress.originForm(request.uri());
        String id = ids.of(request.headers().get(RequestIds.HEADER));
        if (!redirects || origin.isEmpty() || request.decoderResult().isFailure() || !path.startsWith("/"))
            return refusal(
                    HttpResponseStatus.BAD_REQUEST,
                    "this port speaks HTTPS only; ask " + origin.orElse("the same address with https://"),
                    id);
        FullHttpResponse reply = empty(HttpResponseStatus.TEMPORARY_REDIRECT, id);
        reply.headers().set(HttpHeaderNames.LOCATION, origin.get() + path);
        reply.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        return reply;
    }

    /** A refusal in the one shape of errors, before there is a request that the framework could refuse. */
    static FullHttpResponse refusal(HttpResponseStatus status, String text, String id) {
        byte[] json = ("{\"error\":\"" + text + "\",\"code\":" + Code.INVALID_ARGUMENT.number() + ",\"message\":\""
                        + text + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
        FullHttpResponse reply = empty(status, id);
        reply.content().writeBytes(json);
        reply.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        reply.headers().set(HttpHeaderNames.CONTENT_LENGTH, json.length);
        return reply;
    }

    private static FullHttpResponse empty(HttpResponseStatus status, String id) {
        FullHttpResponse reply = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.buffer(0));
        reply.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        reply.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        reply.headers().set("X-Content-Type-Options", "nosniff");
        reply.headers().set(RequestIds.HEADER, id);
        return reply;
    }
}
