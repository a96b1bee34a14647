package dev.gatehouse.domain.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many wrong passwords are too many (Argo CD contract 1.2).
 *
 * @param most from this many failures of one name from one place on, at least 1, that name gets in from there no more
 * @param window for this long after the last failure
 * @param ofPlace of one place, whatever the names
 * @param ofName of one name, from all places together from which it did not get in lately
 * @param knownFor a place from which a name got in is its own for so long
 */
public record SignInThrottle(int most, Duration window, Measure ofPlace, Measure ofName, Duration knownFor) {
    /**
     * Five failures, five minutes; a hundred of a place and fifty of a name, and as many again in each hour; a place is
     * known for 90 days.
     */
    public static final SignInThrottle DEFAULT = new SignInThrottle(
            5,
            Duration.ofMinutes(5),
            new Measure(100, Duration.ofHours(1)),
            new Measure(50, Duration.ofHours(1)),
            Duration.ofDays(90));

    private static final Duration NOTED_AGAIN_AFTER = Duration.ofHours(1);

    /**
     * What each failure fills by one, and time drains.
     *
     * @param most how many it holds, at least 1
     * @param drainsIn how long a full one takes to be empty
     */
    public record Measure(int most, Duration drainsIn) {
        public Measure {
            if (most < 1 || !drainsIn.isPositive()) throw new IllegalArgumentException("room for one, and some time");
        }

        /** The time that one failure takes to drain. */
        public Duration each() {
            return drainsIn.dividedBy(most);
        }

        /** How many are in it; 0 when it is empty. */
        public int filled(Optional<Instant> drainedAt, Instant now) {
            return drainedAt
                    .filter(now::isBefore)
                    .map(each -> Math.ceilDiv(Duration.between(now, each).toNanos(), each().toNanos()))
                    .map(Math::toIntExact)
                    .orElse(0);
        }

        /** Whether one more does not fit in. */
        public boolean isFull(Optional<Instant> drainedAt, Instant now) {
            return drainedAt
                    .filter(each -> each.plus(each()).isAfter(now.plus(drainsIn)))
                    .isPresent();
        }
    }

    public SignInThrottle {
        if (most < 1 || window.isNegative() || knownFor.isNegative())
            throw new IllegalArgumentException("at least 1, and no negative time");
    }

    public SignInThrottle(int most, Duration window) {
        this(most, window, DEFAULT.ofPlace, DEFAULT.ofName, DEFAULT.knownFor);
    }

    /** Whether a place is one's own, by when one last got in from there. */
    public boolean isKnown(Optional<Instant> lastSuccess, Instant now) {
        return lastSuccess.filter(each -> each.plus(knownFor).isAfter(now)).isPresent();
    }

    /** Whether one that got in again is written down: a place is known to the hour, and not each sign-in need write it. */
    public boolean isToBeNoted(Optional<Instant> lastSuccess, Instant now) {
        return lastSuccess
                .filter(each -> each.plus(NOTED_AGAIN_AFTER).isAfter(now))
                .isEmpty();
    }

    public boolean locks(SignInFailures.Count count, Instant now) {
        return count.failures() >= most && now.isBefore(count.last().plus(window));
    }
}
