package dev.gatehouse.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalTest {
    @Test
    void what_is_unavailable_keeps_the_cause_for_the_log() {
        Exception cause = new Exception("full");

        Refusal.Unavailable refusal = new Refusal.Unavailable("database", Duration.ofSeconds(1), cause);

        assertThat(refusal).hasMessage("database is unavailable").hasCause(cause);
        assertThat(refusal.part()).isEqualTo("database");
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(new Refusal.Unavailable("database", Duration.ofSeconds(1))).hasNoCause();
    }
}
