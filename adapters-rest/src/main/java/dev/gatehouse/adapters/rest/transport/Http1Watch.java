package dev.gatehouse.adapters.rest.transport;

import dev.gatehouse.adapters.rest.LateBody;
import dev.gatehouse.adapters.rest.PublicAddress;
import dev.gatehouse.adapters.rest.RequestIds;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the codec and the framework of one HTTP/1 connection. Lets no broken body pass for a short one: the
 * codec marks what it cannot read as the last piece of the body, and the framework looks at neither the mark nor at a
 * stream that stops too early. Refuses heads that are not clear ({@link Framing}). Ends what takes too long: a head, a
 * body, a reply that nobody takes, a pause. Takes the root path off. Hands requests that came at once on one by one, each
 * when the one before is answered and its reply taken but for what the channel has room for: the framework makes the
 * replies of all of them, and a client that takes none fills the memory with a few kilobytes of requests.
 *
 * <p>Requests that are in time cost no look at the clock: the clock is looked at in ticks, and whatever goes on since
 * the tick before counts from then.
 */
final class Http1Watch extends ChannelDuplexHandler {
    private final TransportSettings settings;
    private final PublicAddress address;
    private final RequestIds ids;
    private final Patience reading;
    private final Patience writing;

    private int unanswered;
    private boolean broken;
    /** Whether whatever comes behind this request belongs to nobody. */
    private boolean unclear;

    private boolean deaf;
    /** Whether the body of the last request still comes in. */
    private boolean bodyOpen;
    /** Whether something of a head came that is not whole yet. */
    private boolean headBegun;

    private boolean hadRequest;
    private long unread;
    /** What came behind a request that still has to be answered; begins with a request, when it holds anything. */
    private final Deque<Object> held = new ArrayDeque<>();

    private @Nullable Future<?> ticking;

    Http1Watch(TransportSettings settings, PublicAddress address, RequestIds ids) {
        this.settings = settings;
        this.address = address;
        this.ids = ids;
        this.reading = new Patience();
        this.writing = new Patience();
    }

    /** Stands before the codec, where a head can be heard before it is whole. */
    final class Ears extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!headBegun && !bodyOpen && unanswered == 0) {
                headBegun = true;
                reading.begin();
            }
            context.fireChannelRead(message);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long tick = settings.tick().toNanos();
        ticking = context.executor().scheduleWithFixedDelay(() -> look(context), tick, tick, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (ticking != null) ticking.cancel(false);
        forgetHeld();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        forgetHeld();
        super.channelInactive(context);
    }

    private void forgetHeld() {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (held.isEmpty() && !waits(context, message)) handOn(context, message);
        else held.add(message);
    }

    /** Whether this is a request that is not to be begun yet. */
    private boolean waits(ChannelHandlerContext context, Object message) {
        return message instanceof HttpRequest
                && (unanswered > 0 || !context.channel().isWritable());
    }

    /** Nothing more is read before what was held is handed on; that asks for more by itself. */
    @Override
    public void read(ChannelHandlerContext context) throws Exception {
        if (held.isEmpty()) super.read(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        super.channelWritabilityChanged(context);
        goOnSoon(context);
    }

    /** Later, not now: the framework is in the middle of a reply. */
    private void goOnSoon(ChannelHandlerContext context) {
        if (!held.isEmpty()) context.executor().execute(() -> goOn(context));
    }

    private void goOn(ChannelHandlerContext context) {
        try {
            boolean some = false;
            while (!held.isEmpty() && !waits(context, held.getFirst())) {
                handOn(context, held.removeFirst());
                some = true;
            }
            if (some) context.fireChannelReadComplete();
        } catch (Exception e) {
            context.fireExceptionCaught(e);
        }
    }

    private void handOn(ChannelHandlerContext context, Object message) throws Exception {
        if (deaf) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            begin(request);
        } else if (message instanceof HttpContent piece) {
            if (piece.decoderResult().isFailure()) {
                ReferenceCountUtil.release(message);
                // The words are those of a client that went away: where nobody reads the body, the log stays silent.
                fail(context, new EOFException("Connection closed before full body was received"));
                return;
            }
            if (unanswered == 0 && tooMuchUnread(piece)) {
                ReferenceCountUtil.release(message);
                var _ = context.close();
                return;
            }
        }
        if (message instanceof LastHttpContent) {
            bodyOpen = false;
            deaf = unclear;
            reading.begin();
        }
        context.fireChannelRead(message);
    }

    private void begin(HttpRequest request) {
        unanswered++;
        unread = 0;
        hadRequest = true;
        headBegun = false;
        reading.begin();
        // Of a head that did not read nothing more comes.
        bodyOpen = request.decoderResult().isSuccess();
        if (!bodyOpen) return;
        if (request.headers().size() > TransportSettings.MOST_HEADERS)
            request.setDecoderResult(DecoderResult.failure(new TooLongHttpHeaderException("too many headers")));
        if (!Framing.isClear(request)) {
            unclear = true;
            broken = true;
            // The framework answers none but its own versions, and holds the connection for ever.
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("unclear framing")));
        }
        request.setUri(address.withoutRoot(request.uri()));
    }

    private boolean tooMuchUnread(HttpContent piece) {
        unread += piece.content().readableBytes();
        return unread > TransportSettings.MOST_UNREAD_BYTES;
    }

    /** Makes a failure of the body of a piece that failed, and closes the connection behind the last reply. */
    private void fail(ChannelHandlerContext context, EOFException why) throws Exception {
        broken = true;
        reading.begin();
        // Nothing more is read from here on, so a connection that owes no reply has no use.
        if (unanswered == 0) super.close(context, context.newPromise());
        else context.fireExceptionCaught(why);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        boolean interim =
                message instanceof HttpResponse head && head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        boolean closes = broken && unanswered == 1 && !interim;
        boolean ends = message instanceof LastHttpContent && !interim;
        if (closes && message instanceof HttpResponse head)
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (ends) {
            unanswered--;
            if (!bodyOpen) reading.begin();
        }
        writing.begin();
        super.write(
                context, message, closes && ends ? promise.unvoid().addListener(ChannelFutureListener.CLOSE) : promise);
        if (ends) goOnSoon(context);
    }

    private void look(ChannelHandlerContext context) {
        try {
            if (!context.channel().isActive()) return;
            if (hasNoUse(context)) {
                var _ = context.close();
            } else if (bodyOpen && !broken) {
                if (reading.endedAfter(settings.body())) fail(context, new LateBody());
            } else if (headBegun && !broken && reading.endedAfter(settings.head())) {
                refuseLateHead(context);
            }
        } catch (Exception e) {
            context.fireExceptionCaught(e);
        }
    }

    /** Whether nobody takes the reply, or nobody has anything to say. */
    private boolean hasNoUse(ChannelHandlerContext context) {
        if (Patience.pendingBytes(context.channel()) == 0) writing.begin();
        else if (writing.endedAfter(settings.reply())) return true;
        if (broken) return reading.endedAfter(settings.reply());
        if (bodyOpen || headBegun) return false;
        if (unanswered > 0) {
            reading.begin();
            return false;
        }
        return reading.endedAfter(hadRequest ? settings.idle() : settings.head());
    }

    private void refuseLateHead(ChannelHandlerContext context) {
        broken = true;
        context.writeAndFlush(Plain.refusal(
                        HttpResponseStatus.REQUEST_TIMEOUT,
                        "the head of the request did not arrive in time; send it at once",
                        ids.of(null)))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
