package dev.gatehouse.adapters.testkit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MutableClockTest {
    @Test
    void it_stands_still_until_it_is_told_otherwise() {
        MutableClock clock = new MutableClock();
        assertThat(clock.instant()).isEqualTo(Samples.NOW).isEqualTo(clock.instant());

        clock.advance(Duration.ofMinutes(5));
        assertThat(clock.instant()).isEqualTo(Samples.NOW.plusSeconds(300));

        clock.set(Instant.EPOCH);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    }
}
