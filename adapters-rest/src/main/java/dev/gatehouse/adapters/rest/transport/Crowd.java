package dev.gatehouse.adapters.rest.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the connections that are open, all and from one address, and closes those too many before they cost anything. */
@ChannelHandler.Sharable
final class Crowd extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Crowd.class);
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);
    private static final int NETWORK_BYTES = 8;

    private final TransportSettings settings;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private long told = System.nanoTime() - QUIET;

    Crowd(TransportSettings settings) {
        this.settings = settings;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Channel connection && !admit(connection)) {
            connection.unsafe().closeForcibly();
            tell();
        } else {
            context.fireChannelRead(message);
        }
    }

    private boolean admit(Channel connection) {
        String address = addressOf(connection);
        if (open.incrementAndGet() > settings.connections()) {
            open.decrementAndGet();
            return false;
        }
        if (byAddress.merge(address, 1, Integer::sum) > settings.connectionsPerAddress()
                && settings.connectionsPerAddress() > 0) {
            leave(address);
            return false;
        }
        connection.closeFuture().addListener(closed -> leave(address));
        return true;
    }

    private void leave(String address) {
        open.decrementAndGet();
        byAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Whoever has one IPv6 address has 2^64 of them. */
    private static String addressOf(Channel connection) {
        InetAddress address =
                connection.remoteAddress() instanceof InetSocketAddress socket ? socket.getAddress() : null;
        if (address == null) return "";
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }

    /** Once a minute: this is the log that an attacker would fill. */
    private void tell() {
        long now = System.nanoTime();
        if (now - told < QUIET) return;
        told = now;
        LOG.warn(
                "Connections are refused: {} are open. The limits are GATEHOUSE_MAX_CONNECTIONS and"
                        + " GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS",
                open.get());
    }
}
