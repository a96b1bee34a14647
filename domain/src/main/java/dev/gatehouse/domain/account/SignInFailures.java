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
     * @param address the source address, or the {@link SignInPlace} it is of
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

    /**
     * What is remembered, all of one moment.
     *
     * @param here the failures of this name from there; absent when there were none since the last success
     * @param placeDrainedAt when the measure of the place will be empty if nobody fails any more; absent when it was never
     *     filled, or long ago
     * @param nameDrainedAt the same of the name
     * @param lastSuccess when this name last got in from there, to the hour; absent: never, or longer ago than anybody
     *     remembers
     */
    record Past(
            Optional<Count> here,
            Optional<Instant> placeDrainedAt,
            Optional<Instant> nameDrainedAt,
            Optional<Instant> lastSuccess) {}

    /** What is remembered of who tries, and of the place that this comes from. */
    Past past(Key key, SignInPlace place);

    /** Counts one more; after a pause of the window or longer the count begins again at 1. Exact under concurrency. */
    void add(Key key, Instant now, Duration window);

    /** What many failures fill together. */
    sealed interface Pressed {
        /** A place, whatever the names. */
        record Place(SignInPlace network) implements Pressed {}

        /** A name as it was sent, wherever from. */
        record Name(String name) implements Pressed {}
    }

    /**
     * Fills a measure: it will be empty so much later than it would have been, or than now if it is empty. Exact under
     * concurrency.
     */
    void press(Pressed of, Duration more, Instant now);

    /** Notes that this name got in from this place; an earlier time than the last changes nothing. */
    void succeeded(Key key, Instant now);

    /**
     * Removes what matters to nobody any more: counts and measures whose last failure or end was before the first time,
     * successes from before the second.
     *
     * @return how many rows were removed
     */
    int purge(Instant failuresBefore, Instant successesBefore);

    /** Forgets the failures of this key; none is no error. */
    void clear(Key key);
}
