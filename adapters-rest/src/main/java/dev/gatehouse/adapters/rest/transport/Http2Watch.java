package dev.gatehouse.adapters.rest.transport;

import dev.gatehouse.adapters.rest.PublicAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link Http1Watch} is for HTTP/1, over all streams of one HTTP/2 connection. Floods of resets, pings, settings and
 * continuations are counted by the codec, which ends such a connection by itself.
 */
final class Http2Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Watch.class);

    /** The names that HTTP/2 writes among the headers: method, scheme, path, authority. */
    private static final int PSEUDO_HEADERS = 4;

    private final TransportSettings settings;
    private final ChannelHandlerContext context;
    private final Http2ConnectionHandler handler;
    private final Http2Connection.PropertyKey key;
    private final Patience idle = new Patience();
    private final Patience writing = new Patience();
    private long pending;

    private Http2Watch(TransportSettings settings, ChannelHandlerContext context, Http2ConnectionHandler handler) {
        this.settings = settings;
        this.context = context;
        this.handler = handler;
        this.key = handler.connection().newKey();
    }

    /** Watches a connection from here to its end. */
    static void over(
            Channel channel, Http2ConnectionHandler handler, TransportSettings settings, PublicAddress address) {
        handler.decoder().frameListener(new Heads(handler.decoder().frameListener(), address));
        channel.pipeline().addLast("gatehouse-end", new End());
        Http2Watch watch = new Http2Watch(settings, channel.pipeline().context(handler), handler);
        long tick = settings.tick().toNanos();
        Future<?> ticking = channel.eventLoop().scheduleWithFixedDelay(watch::look, tick, tick, TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> ticking.cancel(false));
    }

    /** Where what the codec leaves over ends: a connection that broke off is nothing to write down. */
    private static final class End extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("a connection ends", cause);
            var _ = context.close();
        }
    }

    /** How long a stream takes to send, and to take. */
    private static final class Patiences {
        final Patience body = new Patience();
        final Patience reply = new Patience();
    }

    private void look() {
        try {
            Http2Connection connection = handler.connection();
            if (connection.numActiveStreams() > 0) idle.begin();
            else if (idle.endedAfter(settings.idle())) {
                var _ = context.channel().close();
                return;
            }
            long now = Patience.pendingBytes(context.channel());
            if (now == 0 || now != pending) writing.begin();
            else if (writing.endedAfter(settings.reply())) {
                var _ = context.close();
                return;
            }
            pending = now;
            List<Http2Stream> late = new ArrayList<>();
            connection.forEachActiveStream(stream -> {
                if (isLate(stream)) late.add(stream);
                return true;
            });
            for (Http2Stream each : late) end(each);
        } catch (Http2Exception | RuntimeException e) {
            LOG.debug("a connection could not be looked at and is closed", e);
            var _ = context.close();
        }
    }

    private boolean isLate(Http2Stream stream) {
        Patiences patiences = stream.getProperty(key);
        if (patiences == null) {
            patiences = new Patiences();
            stream.setProperty(key, patiences);
        }
        if (stream.state().remoteSideOpen() && patiences.body.endedAfter(settings.body())) return true;
        if (!handler.connection().remote().flowController().hasFlowControlled(stream)) patiences.reply.begin();
        else return patiences.reply.endedAfter(settings.reply());
        return false;
    }

    /** The framework is told first, since it does not learn of streams that are ended from this side. */
    private void end(Http2Stream stream) throws Http2Exception {
        handler.decoder().frameListener().onRstStreamRead(context, stream.id(), Http2Error.CANCEL.code());
        var _ = handler.resetStream(context, stream.id(), Http2Error.CANCEL.code(), context.newPromise());
        handler.flush(context);
    }

    /** Counts headers, and takes the root path off. */
    private static final class Heads extends Http2FrameListenerDecorator {
        private final PublicAddress address;

        Heads(Http2FrameListener next, PublicAddress address) {
            super(next);
            this.address = address;
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean ends)
                throws Http2Exception {
            super.onHeadersRead(context, stream, checked(stream, headers), padding, ends);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int stream,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean ends)
                throws Http2Exception {
            super.onHeadersRead(
                    context, stream, checked(stream, headers), dependency, weight, exclusive, padding, ends);
        }

        private Http2Headers checked(int stream, Http2Headers headers) throws Http2Exception {
            if (headers.size() > TransportSettings.MOST_HEADERS + PSEUDO_HEADERS)
                throw Http2Exception.headerListSizeError(stream, Http2Error.PROTOCOL_ERROR, true, "too many headers");
            CharSequence path = headers.path();
            if (path != null) headers.path(address.withoutRoot(path.toString()));
            return headers;
        }
    }
}
