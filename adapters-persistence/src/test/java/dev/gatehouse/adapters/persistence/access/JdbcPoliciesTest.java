package dev.gatehouse.adapters.persistence.access;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.access.PoliciesContract;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.shared.Transactions;
import org.junit.jupiter.api.Nested;

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
    }
}
