package dev.gatehouse.adapters.rest;

import io.micronaut.http.MutableHttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * So many requests of one sender in so long, at once or one by one. Of more senders than it can remember, the one whose
 * request is the longest ago is forgotten first.
 */
public final class RateLimit {
    private static final int MOST_SENDERS = 10_000;
    private static final int TOO_MANY = 429;

    private final int requests;
    private final Duration window;
    private final InstantSource clock;
    /** When each would have sent nothing yet, as far as anybody could tell. */
    private final Map<String, Instant> free = new LinkedHashMap<>();

    public RateLimit(int requests, Duration window, InstantSource clock) {
        this.requests = requests;
        this.window = window;
        this.clock = clock;
    }

    /**
     * How much is left after a request (draft-ietf-httpapi-ratelimit-headers).
     *
     * @param left requests that could come at once
     * @param full until that would be all of them again
     */
    public record Room(int requests, Duration window, int left, Duration full) {
        /** Tells it to who asked. */
        public <T> MutableHttpResponse<T> on(MutableHttpResponse<T> reply) {
            return reply.header("RateLimit", "\"default\";r=" + left + ";t=" + Math.ceilDiv(full.toMillis(), 1_000))
                    .header("RateLimit-Policy", "\"default\";q=" + requests + ";w=" + window.toSeconds());
        }
    }

    /**
     * Takes one request of this sender.
     *
     * @throws ProblemRaised 429 when there were too many
     */
    public synchronized Room take(String sender) {
        Instant now = clock.instant();
        Duration each = window.dividedBy(requests);
        Instant before =
                Optional.ofNullable(free.remove(sender)).filter(now::isBefore).orElse(now);
        Instant after = before.plus(each);
        boolean full = Duration.between(now, after).compareTo(window) > 0;
        free.put(sender, full ? before : after);
        if (free.size() > MOST_SENDERS) free.remove(free.keySet().iterator().next());
        Duration used = Duration.between(now, full ? before : after);
        Room room = new Room(requests, window, (int) window.minus(used).dividedBy(each), used);
        if (full)
            throw new ProblemRaised(
                    new Problem(
                            TOO_MANY,
                            Code.RESOURCE_EXHAUSTED,
                            "too many requests from this address; send at most " + requests + " in "
                                    + window.toSeconds() + " seconds",
                            List.of(),
                            Optional.of(Duration.ofSeconds(Math.ceilDiv(
                                    Duration.between(now, after).minus(window).toMillis(), 1_000)))),
                    Optional.of(room));
        return room;
    }
}
