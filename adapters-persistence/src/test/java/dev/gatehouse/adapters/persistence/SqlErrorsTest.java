package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Refusal;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlErrorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "08001", "40001", "40P01", "53100", "53200", "53300", "57014", "57P01", "57P03", "58030",
                "25006", "55P03", "HYT00", "90028", "90031", "90067", "90098", "90121", "90131"
            })
    void a_database_that_cannot_serve_now_is_unavailable(String state) {
        SQLException failure = new SQLException("why", state);

        assertThat(SqlErrors.translate(failure)).isInstanceOfSatisfying(Refusal.Unavailable.class, refusal -> {
            assertThat(refusal.part()).isEqualTo("database");
            assertThat(refusal.retryAfter()).isPositive();
            assertThat(refusal).hasCause(failure);
        });
    }

    @Test
    void a_pool_that_gives_no_connection_is_unavailable() {
        assertThat(SqlErrors.translate(new SQLTransientConnectionException("all taken")))
                .isInstanceOf(Refusal.Unavailable.class);
        assertThat(SqlErrors.translate(new SQLException("the pool is closed"))).isInstanceOf(Refusal.Unavailable.class);
    }

    @Test
    void a_taken_value_is_told_apart() {
        assertThat(SqlErrors.translate(new SQLException("why", "23505"))).isInstanceOf(DuplicateKey.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23502", "42601", "42P01", "22021", "90012"})
    void a_mistake_of_ours_is_no_refusal(String state) {
        assertThat(SqlErrors.translate(new SQLException("why", state)))
                .isNotInstanceOf(Refusal.class)
                .hasMessageContaining(state)
                .hasMessageNotContaining("why");
    }

    @Test
    void the_cause_of_a_cause_counts_and_everything_else_stays_the_same() {
        RuntimeException other = new IllegalArgumentException("x");

        assertThat(SqlErrors.translate(
                        new IllegalStateException(new RuntimeException(new SQLException("why", "57P01")))))
                .isInstanceOf(Refusal.Unavailable.class);
        assertThat(SqlErrors.translate(other)).isSameAs(other);
    }
}
