package dev.gatehouse.adapters.rest.transport;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How much and how long a client may take, and what becomes of one that does not speak TLS.
 *
 * @param connections {@code gatehouse.transport.connections}: open at once; more are closed as they come
 * @param connectionsPerAddress {@code gatehouse.transport.connections-per-address}: open at once from one address, an
 *     IPv6 network of 64 bits counting as one; 0: no limit
 * @param head {@code gatehouse.transport.head}: from the first byte of an HTTP/1 request, or the opening of a connection, to
 *     the end of its head
 * @param body {@code gatehouse.transport.body}: from the end of a head to the end of the body
 * @param reply {@code gatehouse.transport.reply}: from when something of a reply was written to when all of that is taken
 * @param idle {@code gatehouse.transport.idle}: between two requests; in HTTP/2 also while a head is not whole
 * @param redirectPlain {@code gatehouse.transport.redirect-plain}: on a port that speaks TLS, whether plain HTTP is sent
 *     to the public address, or else refused
 */
@ConfigurationProperties("gatehouse.transport")
record TransportSettings(
        @Bindable(defaultValue = "4096") int connections,
        @Bindable(defaultValue = "1024") int connectionsPerAddress,
        @Bindable(defaultValue = "10s") Duration head,
        @Bindable(defaultValue = "60s") Duration body,
        @Bindable(defaultValue = "60s") Duration reply,
        @Bindable(defaultValue = "75s") Duration idle,
        @Bindable(defaultValue = "false") boolean redirectPlain) {
    /** Names and values of one request; browsers send about 20. */
    static final int MOST_HEADERS = 200;
    /** What a client may go on sending of a body that was answered already, before the connection is closed. */
    static final long MOST_UNREAD_BYTES = 8L << 20;

    private static final Duration SHORTEST_TICK = Duration.ofMillis(20);
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    /** How often a connection is looked at: often enough that no limit is missed by more than a quarter of the least. */
    Duration tick() {
        Duration quarter = Stream.of(head, body, reply, idle)
                .min(Duration::compareTo)
                .orElse(head)
                .dividedBy(4);
        if (quarter.compareTo(LONGEST_TICK) > 0) return LONGEST_TICK;
        return quarter.compareTo(SHORTEST_TICK) < 0 ? SHORTEST_TICK : quarter;
    }
}
