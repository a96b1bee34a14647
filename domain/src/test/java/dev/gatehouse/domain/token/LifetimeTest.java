package dev.gatehouse.domain.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifetimeTest {
    @Test
    void zero_asks_for_no_end() {
        assertThat(Lifetime.ofSeconds(0)).isEqualTo(Lifetime.ENDLESS);
        assertThat(Lifetime.ENDLESS.endFrom(Instant.EPOCH)).isEmpty();
    }

    @Test
    void one_second_to_a_hundred_years_can_be_asked_for() {
        for (long each : List.of(1L, 3_600L, 3_153_600_000L)) {
            assertThat(Lifetime.ofSeconds(each).length()).contains(Duration.ofSeconds(each));
            assertThat(Lifetime.ofSeconds(each).endFrom(Instant.EPOCH)).contains(Instant.ofEpochSecond(each));
        }
    }

    @Test
    void less_than_nothing_is_refused() {
        for (long each : List.of(-1L, Long.MIN_VALUE))
            assertThat(Refused.faultOf(() -> Lifetime.ofSeconds(each)))
                    .isEqualTo(new Fault("expiresIn", TokenRule.LIFETIME_NEGATIVE, Long.toString(each)));
    }

    @Test
    void more_than_a_hundred_years_is_refused() {
        for (long each : List.of(3_153_600_001L, Long.MAX_VALUE))
            assertThat(Refused.faultOf(() -> Lifetime.ofSeconds(each)))
                    .isEqualTo(new Fault("expiresIn", TokenRule.LIFETIME_TOO_LONG, Long.toString(each), "3153600000"));
    }

    @Test
    void a_lifetime_is_a_whole_number_of_seconds_above_zero() {
        for (Duration each :
                List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofMillis(1_500), Duration.ofDays(-1)))
            assertThatIllegalArgumentException().isThrownBy(() -> new Lifetime(Optional.of(each)));
    }
}
