package dev.gatehouse.adapters.rest.transport;

import dev.gatehouse.adapters.rest.PublicAddress;
import dev.gatehouse.adapters.rest.RequestIds;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.ssl.ServerSslConfiguration;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import jakarta.inject.Singleton;

/** Puts the watches of this package into the pipelines of the framework's server. */
final class Connections {
    private Connections() {}

    @Singleton
    static final class OnServers implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
        private final TransportSettings settings;
        private final TlsSettings tls;
        private final PublicAddress address;
        private final RequestIds ids;

        OnServers(TransportSettings settings, TlsSettings tls, PublicAddress address, RequestIds ids) {
            this.settings = settings;
            this.tls = tls;
            this.address = address;
            this.ids = ids;
        }

        @Override
        public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
            event.getBean().register(new Unbound(settings, tls.certificate().isPresent(), address, ids));
            return event.getBean();
        }
    }

    /** TLS 1.3, and what of 1.2 has forward secrecy and authenticated encryption. */
    @Singleton
    static final class TlsOfToday implements BeanCreatedEventListener<ServerSslConfiguration> {
        private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
        private static final String[] CIPHERS = {
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
        };

        private final TransportSettings settings;

        TlsOfToday(TransportSettings settings) {
            this.settings = settings;
        }

        @Override
        public ServerSslConfiguration onCreated(BeanCreatedEvent<ServerSslConfiguration> event) {
            event.getBean().setProtocols(PROTOCOLS.clone());
            event.getBean().setCiphers(CIPHERS.clone());
            event.getBean().setHandshakeTimeout(settings.head());
            return event.getBean();
        }
    }

    /** Leaves compressed bodies to {@code Sent}, which sees whether they end where they should. */
    @Singleton
    static final class BodiesAsTheyCome implements BeanCreatedEventListener<NettyHttpServerConfiguration> {
        @Override
        public NettyHttpServerConfiguration onCreated(BeanCreatedEvent<NettyHttpServerConfiguration> event) {
            event.getBean().setRequestDecompressionEnabled(false);
            return event.getBean();
        }
    }

    private record Unbound(TransportSettings settings, boolean tls, PublicAddress address, RequestIds ids)
            implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return switch (role) {
                case LISTENER -> {
                    channel.pipeline().addLast("gatehouse-crowd", new Crowd(settings));
                    yield this;
                }
                case CONNECTION -> {
                    // Before the framework adds TLS.
                    if (tls) channel.pipeline().addLast("gatehouse-first-byte", new FirstByte(settings, address, ids));
                    yield new Bound(settings, address, ids, channel);
                }
                default -> this;
            };
        }
    }

    private record Bound(TransportSettings settings, PublicAddress address, RequestIds ids, Channel channel)
            implements NettyServerCustomizer {
        /** HTTP/1, and one pipeline for all of its requests. */
        @Override
        public void onStreamPipelineBuilt() {
            ChannelPipeline pipeline = channel.pipeline();
            if (pipeline.get(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC) == null
                    || pipeline.get(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND) == null) return;
            Http1Watch watch = new Http1Watch(settings, address, ids);
            pipeline.addBefore(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "gatehouse-ears", watch.new Ears());
            pipeline.addBefore(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, "gatehouse-watch", watch);
        }

        @Override
        public void onInitialPipelineBuilt() {
            ChannelHandler handler = channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_HTTP2_CONNECTION);
            if (handler instanceof Http2ConnectionHandler http2)
                Http2Watch.over(channel, http2, settings, address, ids);
        }
    }
}
