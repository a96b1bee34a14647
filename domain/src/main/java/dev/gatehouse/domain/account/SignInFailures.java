package dev.gatehouse.domain.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Wrong passwords, counted for a name as it was sent and the address it came from: a stranger elsewhere locks nobody
 * out, and a restart forgets nothing.
 */
public interface SignInFailures {
    /**
     * Who tried.
     *
     * @param name as it was sent, whether or not there is such an account; with U+FFFD in place of control characters
     *     and unpaired surrogates, which no store need keep
     * @param address the source address
     */
    record Key(String name, String address) {
        public Key {
            name = name.replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD");
        }
    }

    /**
     * @param failures since the last success, or since a pause longer than the window; at least 1
     * @param last when the last one was
     */
    record Count(int failures, Instant last) {}

    /** Absent when there were none since the last success. */
    Optional<Count> of(Key key);

    /** Counts one more; after a pause of the window or longer the count begins again at 1. Exact under concurrency. */
    void add(Key key, Instant now, Duration window);

    /** Forgets the failures of this key; none is no error. */
    void clear(Key key);
}
