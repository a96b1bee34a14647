package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.token.RepeatsContract;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.Repeats;
import org.junit.jupiter.api.Nested;

class JdbcRepeatsTest {
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

    interface Binding extends RepeatsContract {
        TestDatabase database();

        @Override
        default Repeats repeats() {
            return database().port(Repeats.class);
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }
    }
}
