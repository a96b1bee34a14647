package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Placeholder: shows that both databases start in a test. To be replaced by the contracts' bindings. */
class BuildProbeTest {

    @Test
    void h2_keeps_a_row() {
        keepsARow("jdbc:h2:mem:probe;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH", "sa", "");
    }

    @Test
    void postgresql_keeps_a_row() throws IOException {
        try (var postgres = EmbeddedPostgres.start()) {
            keepsARow(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        }
    }

    private static void keepsARow(String url, String username, String password) {
        Map<String, Object> settings = Map.of(
                "datasources.default.url", url,
                "datasources.default.username", username,
                "datasources.default.password", password,
                "flyway.datasources.default.enabled", true,
                "flyway.datasources.default.locations", "classpath:db/migration/common");
        try (var context = ApplicationContext.run(settings)) {
            var rows = context.getBean(BuildProbeRows.class);
            var row = new BuildProbeRow("one", Instant.parse("2026-01-02T03:04:05.123456Z"));
            rows.save(row);
            assertThat(rows.findById("one")).contains(row);
        }
    }
}
