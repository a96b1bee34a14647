package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {
    @Test
    void the_address_says_which_database_it_is() {
        assertThat(settings("jdbc:postgresql://db/gatehouse", 10).dialect()).isEqualTo(Dialect.POSTGRESQL);
        assertThat(settings("jdbc:h2:file:/data/gatehouse", 10).dialect()).isEqualTo(Dialect.H2);
    }

    @Test
    void another_database_is_refused_by_the_name_of_the_setting() {
        assertThatThrownBy(() -> settings("jdbc:mysql://db/gatehouse?password=s3cret", 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gatehouse.database.url")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void a_pool_of_no_use_is_refused_by_the_name_of_the_setting() {
        for (int size : new int[] {-1, 0, 1, 1_001})
            assertThatThrownBy(() -> settings("jdbc:h2:mem:x", size))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("gatehouse.database.connections");
    }

    @Test
    void nothing_of_it_shows_a_secret() {
        assertThat(new DatabaseSettings("jdbc:postgresql://db/x?password=s3cret", "u", "s3cret", 10).toString())
                .doesNotContain("s3cret");
    }

    @Test
    void a_database_that_does_not_answer_or_lets_nobody_in_is_unavailable() {
        Map<String, Object> right = TestDatabase.POSTGRESQL.fresh();
        String url = (String) right.get("gatehouse.database.url");

        for (String wrong :
                List.of(url.replaceFirst(":[0-9]+/", ":1/"), url.replaceFirst("/[a-z0-9]+$", "/nosuchdatabase")))
            assertThatThrownBy(() -> TestDatabase.open(TestDatabase.settings(wrong, "postgres", "postgres")))
                    .satisfies(e -> assertThat(causes(e)).anyMatch(Refusal.Unavailable.class::isInstance));
    }

    private static List<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).toList();
    }

    private static DatabaseSettings settings(String url, int connections) {
        return new DatabaseSettings(url, "gatehouse", "s3cret", connections);
    }
}
