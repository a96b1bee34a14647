package dev.gatehouse.adapters.persistence.webhook;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.webhook.DeliveriesContract;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.webhook.Deliveries;
import org.junit.jupiter.api.Nested;

class JdbcDeliveriesTest {
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

    interface Binding extends DeliveriesContract {
        TestDatabase database();

        @Override
        default Deliveries deliveries() {
            return database().port(Deliveries.class);
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }
    }
}
