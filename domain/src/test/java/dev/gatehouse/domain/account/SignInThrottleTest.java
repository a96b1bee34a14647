package dev.gatehouse.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {
    private static final Instant LAST = Instant.parse("2026-03-01T10:15:30.123456Z");
    private final SignInThrottle throttle = SignInThrottle.DEFAULT;

    @Test
    void the_fifth_failure_locks_and_the_fourth_does_not() {
        assertThat(throttle.locks(new SignInFailures.Count(4, LAST), LAST)).isFalse();
        assertThat(throttle.locks(new SignInFailures.Count(5, LAST), LAST)).isTrue();
        assertThat(throttle.locks(new SignInFailures.Count(1_000, LAST), LAST)).isTrue();
    }

    @Test
    void it_locks_for_five_minutes_after_the_last_failure_and_not_an_instant_longer() {
        SignInFailures.Count count = new SignInFailures.Count(5, LAST);

        assertThat(throttle.locks(count, LAST.plus(Duration.ofMinutes(5)).minusNanos(1)))
                .isTrue();
        assertThat(throttle.locks(count, LAST.plus(Duration.ofMinutes(5)))).isFalse();
    }

    @Test
    void a_failure_of_the_future_locks_too() {
        assertThat(throttle.locks(new SignInFailures.Count(5, LAST), LAST.minusSeconds(60)))
                .isTrue();
    }

    @Test
    void a_throttle_needs_at_least_one_failure() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SignInThrottle(0, Duration.ofMinutes(5)));
        assertThatIllegalArgumentException().isThrownBy(() -> new SignInThrottle(1, Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignInThrottle(
                        1, Duration.ZERO, throttle.ofPlace(), throttle.ofName(), Duration.ofDays(-1)));
    }

    @Test
    void a_key_holds_nothing_that_a_store_cannot_keep() {
        assertThat(new SignInFailures.Key("a\u0000b\uD83Dc\uD83D\uDD11\n", "192.0.2.1").name())
                .isEqualTo("a\uFFFDb\uFFFDc\uD83D\uDD11\uFFFD");
    }

    @Test
    void a_measure_is_full_when_one_more_does_not_fit_and_drains_with_time() {
        SignInThrottle.Measure measure = new SignInThrottle.Measure(4, java.time.Duration.ofMinutes(8));
        java.time.Instant now = java.time.Instant.parse("2026-03-01T10:15:30Z");
        java.time.Duration each = java.time.Duration.ofMinutes(2);

        assertThat(measure.each()).isEqualTo(each);
        assertThat(measure.isFull(java.util.Optional.empty(), now)).isFalse();
        assertThat(measure.isFull(java.util.Optional.of(now.plus(each.multipliedBy(3))), now))
                .isFalse();
        assertThat(measure.isFull(java.util.Optional.of(now.plus(each.multipliedBy(4))), now))
                .isTrue();
        assertThat(measure.isFull(java.util.Optional.of(now.plus(each.multipliedBy(4))), now.plus(each)))
                .isFalse();
    }
}
