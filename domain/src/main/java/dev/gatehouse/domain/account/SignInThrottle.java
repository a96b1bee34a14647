package dev.gatehouse.domain.account;

import java.time.Duration;
import java.time.Instant;

/**
 * How many wrong passwords are too many (Argo CD contract 1.2).
 *
 * @param most from this many failures on, at least 1, nobody gets in
 * @param window for this long after the last failure
 */
public record SignInThrottle(int most, Duration window) {
    /** Five failures, five minutes. */
    public static final SignInThrottle DEFAULT = new SignInThrottle(5, Duration.ofMinutes(5));

    public SignInThrottle {
        if (most < 1 || window.isNegative()) throw new IllegalArgumentException("at least 1, and no negative window");
    }

    public boolean locks(SignInFailures.Count count, Instant now) {
        return count.failures() >= most && now.isBefore(count.last().plus(window));
    }
}
