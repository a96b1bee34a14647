package dev.gatehouse.adapters.rest.transport;

import dev.gatehouse.adapters.rest.PublicAddress;
import dev.gatehouse.adapters.rest.RequestIds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.HttpConversionUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

    private static final String REQUEST_ID = RequestIds.HEADER.toLowerCase(Locale.ROOT);

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
            Channel channel,
            Http2ConnectionHandler handler,
            TransportSettings settings,
            PublicAddress address,
            RequestIds ids) {
        ChannelHandlerContext context = channel.pipeline().context(handler);
        Requests requests = new Requests(handler, address, ids);
        handler.decoder().frameListener(requests);
        handler.connection().addListener(new Ends(requests, context));
        channel.pipeline().addLast("gatehouse-end", new End(requests, context));
        Http2Watch watch = new Http2Watch(settings, context, handler);
        long tick = settings.tick().toNanos();
        Future<?> ticking = channel.eventLoop().scheduleWithFixedDelay(watch::look, tick, tick, TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> ticking.cancel(false));
    }

    /** Where what the codec leaves over ends: a connection that broke off is nothing to write down. */
    private static final class End extends ChannelInboundHandlerAdapter {
        private final Requests requests;
        private final ChannelHandlerContext codec;

        End(Requests requests, ChannelHandlerContext codec) {
            this.requests = requests;
            this.codec = codec;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) throws Exception {
            requests.handOver(codec);
            super.channelReadComplete(context);
        }

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

    /** The framework is told first, whether it waits for a body or writes a reply. */
    private void end(Http2Stream stream) throws Http2Exception {
        handler.decoder().frameListener().onRstStreamRead(context, stream.id(), Http2Error.CANCEL.code());
        var _ = handler.resetStream(context, stream.id(), Http2Error.CANCEL.code(), context.newPromise());
        handler.flush(context);
    }

    /**
     * Tells the framework of requests that end before they are whole, as it only learns of those that the client resets: not
     * of those that the codec resets, nor of those that are open when the connection ends. Otherwise whoever reads such a body
     * waits for ever.
     */
    private static final class Ends extends Http2ConnectionAdapter {
        private final Requests requests;
        private final ChannelHandlerContext context;

        Ends(Requests requests, ChannelHandlerContext context) {
            this.requests = requests;
            this.context = context;
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            if (!requests.isOpen(stream.id())) return;
            try {
                requests.onRstStreamRead(context, stream.id(), Http2Error.CANCEL.code());
            } catch (Http2Exception e) {
                LOG.debug("a stream ends", e);
            }
        }
    }

    /** A request of which more is to come. */
    private static final class Open {
        /** What came of its body together with its head, in order. */
        final List<ByteBuf> held = new ArrayList<>();
        /** Whether somebody takes the body as it comes. */
        boolean handedOver;
    }

    /** Counts headers, takes the root path off, and knows which requests are not whole yet. */
    private static final class Requests extends Http2FrameListenerDecorator {
        private final Http2ConnectionHandler handler;
        private final PublicAddress address;
        private final RequestIds ids;
        /** The {@link Open} of a stream; there is none once it is whole, and where the framework never heard of it. */
        private final Http2Connection.PropertyKey open;
        /** Those that began in this reading. */
        private final List<Integer> begun = new ArrayList<>();

        Requests(Http2ConnectionHandler handler, PublicAddress address, RequestIds ids) {
            super(handler.decoder().frameListener());
            this.handler = handler;
            this.address = address;
            this.ids = ids;
            this.open = handler.connection().newKey();
        }

        /** Whether the framework waits for more of it. */
        boolean isOpen(int stream) {
            return find(stream) != null;
        }

        private @Nullable Open find(int stream) {
            Http2Stream known = handler.connection().stream(stream);
            return known == null ? null : known.getProperty(open);
        }

        private @Nullable Open close(int stream) {
            Http2Stream known = handler.connection().stream(stream);
            return known == null ? null : known.removeProperty(open);
        }

        private void begin(int stream, boolean ends) {
            Http2Stream known = handler.connection().stream(stream);
            if (ends || known == null) return;
            known.setProperty(open, new Open());
            begun.add(stream);
        }

        /**
         * The framework keeps what comes together with a head until the end of the reading, and never gives it back when the
         * stream ends before. So it is kept here, where it is.
         */
        @Override
        public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean ends)
                throws Http2Exception {
            Open request = ends ? close(stream) : find(stream);
            if (request != null) {
                if (!ends && !request.handedOver) {
                    request.held.add(data.retain());
                    return padding;
                }
                handOver(context, stream, request);
            }
            return super.onDataRead(context, stream, data, padding, ends);
        }

        /** At the end of a reading, when the framework takes the bodies of all requests as they come. */
        void handOver(ChannelHandlerContext context) throws Http2Exception {
            if (begun.isEmpty()) return;
            List<Integer> streams = List.copyOf(begun);
            begun.clear();
            for (int stream : streams) {
                Open request = find(stream);
                if (request != null) {
                    request.handedOver = true;
                    handOver(context, stream, request);
                }
            }
        }

        private void handOver(ChannelHandlerContext context, int stream, Open request) throws Http2Exception {
            List<ByteBuf> held = List.copyOf(request.held);
            request.held.clear();
            for (ByteBuf piece : held) {
                super.onDataRead(context, stream, piece, 0, false);
                piece.release();
            }
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int stream, long error) throws Http2Exception {
            Open request = close(stream);
            if (request != null) request.held.forEach(ByteBuf::release);
            super.onRstStreamRead(context, stream, error);
        }

        /**
         * Says that the client takes no more streams of ours, of which there are none (RFC 9113 6.8). Its own go on, where the
         * framework would end them.
         */
        @Override
        public void onGoAwayRead(ChannelHandlerContext context, int last, long error, ByteBuf why) {}

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean ends)
                throws Http2Exception {
            if (isRefused(context, stream, headers, ends) || isBehindBody(context, stream, ends)) return;
            begin(stream, ends);
            super.onHeadersRead(context, stream, withoutRoot(headers), padding, ends);
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
            if (isRefused(context, stream, headers, ends) || isBehindBody(context, stream, ends)) return;
            begin(stream, ends);
            super.onHeadersRead(context, stream, withoutRoot(headers), dependency, weight, exclusive, padding, ends);
        }

        /** Trailers are passed over by the framework, with the end of the body that they are: it hears of the end alone. */
        private boolean isBehindBody(ChannelHandlerContext context, int stream, boolean ends) throws Http2Exception {
            if (!isOpen(stream)) return false;
            if (ends) {
                int _ = onDataRead(context, stream, Unpooled.EMPTY_BUFFER, 0, true);
            }
            return true;
        }

        private Http2Headers withoutRoot(Http2Headers headers) {
            CharSequence path = headers.path();
            if (path != null) headers.path(address.withoutRoot(path.toString()));
            return headers;
        }

        private boolean isRefused(ChannelHandlerContext context, int stream, Http2Headers headers, boolean ends)
                throws Http2Exception {
            if (headers.size() <= TransportSettings.MOST_HEADERS + PSEUDO_HEADERS) return false;
            // Behind a body: whoever is asked already may be answering, and the stream is all there is to end.
            if (headers.method() == null) {
                onRstStreamRead(context, stream, Http2Error.PROTOCOL_ERROR.code());
                throw Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, "too many trailers");
            }
            refuse(context, stream, headers, ends);
            return true;
        }

        /** What HTTP/1 says of as many; the framework never hears of the request. */
        private void refuse(ChannelHandlerContext context, int stream, Http2Headers asked, boolean ends)
                throws Http2Exception {
            CharSequence id = asked.get(REQUEST_ID);
            FullHttpResponse reply = Plain.refusal(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "the headers are too large or too many; send fewer",
                    ids.of(id == null ? null : id.toString()));
            boolean bare = HttpMethod.HEAD.asciiName().contentEquals(asked.method());
            Http2ConnectionEncoder encoder = handler.encoder();
            var _ = encoder.writeHeaders(
                    context, stream, HttpConversionUtil.toHttp2Headers(reply, true), 0, bare, context.newPromise());
            if (bare) reply.release();
            else {
                var _ = encoder.writeData(context, stream, reply.content(), 0, true, context.newPromise());
            }
            // Nobody reads the body that may come (RFC 9113 8.1).
            if (!ends) {
                var _ = handler.resetStream(context, stream, Http2Error.NO_ERROR.code(), context.newPromise());
            }
            handler.flush(context);
        }
    }
}
