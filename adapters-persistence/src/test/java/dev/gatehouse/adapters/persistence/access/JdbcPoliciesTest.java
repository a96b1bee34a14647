package dev.gatehouse.adapters.persistence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.access.PoliciesContract;
import dev.gatehouse.domain.access.AccessRule;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcPoliciesTest {
    @Nested
    class OnH2 implements Binding {
        @Override
        public TestDatabase database() {
            return TestDatabase.H2;
        }
    }

    @Nested
    class OnPostgresql implements Binding {
        @Override
        public TestDatabase database() {
            return TestDatabase.POSTGRESQL;
        }
    }

    interface Binding extends PoliciesContract {
        TestDatabase database();

        @Override
        default Policies policies() {
            return database().port(Policies.class);
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }

        @ParameterizedTest
        @CsvSource({"extra, {", "extra, null", "extra, []", "scopes, groups", "scopes, null", "match_mode, globb"})
        default void what_somebody_else_wrote_there_is_refused_by_its_name(String column, String text) {
            Database rows = database().port(Database.class);
            String good = rows.first("select " + column + " from policy", columns -> columns.text(column))
                    .orElseThrow();

            rows.write("update policy set " + column + " = ?", text);

            try {
                assertThatExceptionOfType(Refusal.Invalid.class)
                        .isThrownBy(() -> policies().current())
                        .satisfies(refusal ->
                                assertThat(refusal.faults().getFirst().rule()).isEqualTo(AccessRule.STORED));
            } finally {
                rows.write("update policy set " + column + " = ?", good);
            }
        }
    }
}
