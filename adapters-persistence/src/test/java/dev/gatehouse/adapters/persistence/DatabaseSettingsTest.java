package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                    .hasMessageContaining("gatehouse.database.pool-size");
    }

    @Test
    void nothing_of_it_shows_a_secret() {
        assertThat(new DatabaseSettings("jdbc:postgresql://db/x?password=s3cret", "u", "s3cret", 10).toString())
                .doesNotContain("s3cret");
    }

    private static DatabaseSettings settings(String url, int poolSize) {
        return new DatabaseSettings(url, "gatehouse", "s3cret", poolSize);
    }
}
