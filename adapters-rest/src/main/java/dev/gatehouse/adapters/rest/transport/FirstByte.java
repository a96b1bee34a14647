package dev.gatehouse.adapters.rest.transport;

import dev.gatehouse.adapters.rest.PublicAddress;
import dev.gatehouse.adapters.rest.RequestIds;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.concurrent.TimeUnit;

/**
 * Stands before TLS and looks whether the client speaks it (Argo CD contract 0.1: one port for both). Who does not is
 * answered by {@link Plain} and never reaches the service.
 */
final class FirstByte extends ChannelInboundHandlerAdapter {
    /** The type of the record that every TLS connection begins with. */
    private static final int HANDSHAKE = 22;

    private final TransportSettings settings;
    private final PublicAddress address;
    private final RequestIds ids;

    FirstByte(TransportSettings settings, PublicAddress address, RequestIds ids) {
        this.settings = settings;
        this.address = address;
        this.ids = ids;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
            context.fireChannelRead(message);
            return;
        }
        ChannelPipeline pipeline = context.pipeline();
        if (bytes.getUnsignedByte(bytes.readerIndex()) != HANDSHAKE) {
            while (pipeline.last() != this) pipeline.removeLast();
            pipeline.addLast(new HttpServerCodec(), new Plain(address, ids, settings.redirectPlain()));
            Runnable end = () -> {
                var _ = context.channel().close();
            };
            var _ = context.executor().schedule(end, settings.head().toNanos(), TimeUnit.NANOSECONDS);
        } else if (pipeline.get(ChannelPipelineCustomizer.HANDLER_SSL) == null) {
            // The framework takes a listener without certificate, as it is while the server stops, for a plain one.
            bytes.release();
            var _ = context.close();
            return;
        }
        context.fireChannelRead(message);
        pipeline.remove(this);
    }
}
