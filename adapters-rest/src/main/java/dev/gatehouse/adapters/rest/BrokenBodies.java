package dev.gatehouse.adapters.rest;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import jakarta.inject.Singleton;
import java.io.EOFException;

/**
 * Lets no broken body pass for a short one. The codec marks what it cannot read as the last piece of the body, and the
 * framework looks at neither the mark nor at a compressed stream that stops too early.
 */
final class BrokenBodies {
    private BrokenBodies() {}

    /** Puts a watch between the codec and the framework of each HTTP/1 connection. */
    @Singleton
    static final class OnConnections implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
        @Override
        public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
            event.getBean().register(new Unbound());
            return event.getBean();
        }
    }

    /** Leaves compressed bodies to {@link Sent}, which sees whether they end where they should. */
    @Singleton
    static final class AsTheyCome implements BeanCreatedEventListener<NettyHttpServerConfiguration> {
        @Override
        public NettyHttpServerConfiguration onCreated(BeanCreatedEvent<NettyHttpServerConfiguration> event) {
            event.getBean().setRequestDecompressionEnabled(false);
            return event.getBean();
        }
    }

    private static final class Unbound implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Bound(channel.pipeline()) : this;
        }
    }

    private record Bound(ChannelPipeline pipeline) implements NettyServerCustomizer {
        @Override
        public void onStreamPipelineBuilt() {
            if (pipeline.get(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC) != null
                    && pipeline.get(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND) != null)
                pipeline.addBefore(
                        ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, "gatehouse-broken-bodies", new Watch());
        }
    }

    /** Makes a failure of the body of a piece that failed, and closes the connection behind the last reply. */
    private static final class Watch extends ChannelDuplexHandler {
        private int unanswered;
        private boolean broken;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof HttpRequest) unanswered++;
            else if (message instanceof HttpContent piece
                    && piece.decoderResult().isFailure()) {
                ReferenceCountUtil.release(message);
                fail(context);
                return;
            }
            super.channelRead(context, message);
        }

        private void fail(ChannelHandlerContext context) throws Exception {
            broken = true;
            // The codec reads nothing more from here on, so a connection that owes no reply has no use.
            if (unanswered == 0) super.close(context, context.newPromise());
            // The words are those of a client that went away: where nobody reads the body, the log stays silent.
            else context.fireExceptionCaught(new EOFException("Connection closed before full body was received"));
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            boolean interim =
                    message instanceof HttpResponse head && head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            boolean closes = broken && unanswered == 1 && !interim;
            boolean ends = message instanceof LastHttpContent && !interim;
            if (closes && message instanceof HttpResponse head)
                head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            if (ends) unanswered--;
            super.write(
                    context,
                    message,
                    closes && ends ? promise.unvoid().addListener(ChannelFutureListener.CLOSE) : promise);
        }
    }
}
