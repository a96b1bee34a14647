package dev.gatehouse.adapters.persistence.audit;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.audit.AuditTrailContract;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Transactions;
import org.junit.jupiter.api.Nested;

class JdbcAuditTrailTest {
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

    interface Binding extends AuditTrailContract {
        TestDatabase database();

        @Override
        default AuditTrail auditTrail() {
            return database().port(AuditTrail.class);
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }
    }
}
