package dev.gatehouse.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {
    @Test
    void a_user_agent_is_cut_to_256_characters() {
        assertThat(new Origin("192.0.2.7", "a".repeat(257), "request-1").userAgent())
                .isEqualTo("a".repeat(256));
        assertThat(new Origin("192.0.2.7", "a".repeat(256), "request-1").userAgent())
                .hasSize(256);
    }

    @Test
    void the_service_itself_comes_from_nowhere() {
        assertThat(Origin.itself("start-01")).isEqualTo(new Origin("", "", "start-01"));
    }
}
