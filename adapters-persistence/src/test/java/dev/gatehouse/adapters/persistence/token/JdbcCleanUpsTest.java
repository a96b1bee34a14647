package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.token.CleanUpsContract;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.CleanUps;
import org.junit.jupiter.api.Nested;

class JdbcCleanUpsTest {
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

    interface Binding extends CleanUpsContract {
        TestDatabase database();

        @Override
        default CleanUps cleanUps() {
            return database().port(CleanUps.class);
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }
    }
}
