package dev.gatehouse.adapters.rest.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;

/** How long something goes on, told by somebody who looks from time to time; one thread at a time. */
final class Patience {
    private long since;
    private boolean running;

    /** Something else goes on from here; counts from the next look, so that beginning costs nothing. */
    void begin() {
        running = false;
    }

    /** Whether it goes on for longer than this. */
    boolean endedAfter(Duration most) {
        long now = System.nanoTime();
        if (!running) {
            running = true;
            since = now;
            return false;
        }
        return now - since > most.toNanos();
    }

    /** What was written to a channel and not taken yet. */
    static long pendingBytes(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }
}
