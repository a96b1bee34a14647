package dev.gatehouse.adapters.persistence.access;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.access.UsedRightsContract;
import dev.gatehouse.domain.access.UsedRights;
import org.junit.jupiter.api.Nested;

class JdbcUsedRightsTest {
    @Nested
    class OnH2 implements UsedRightsContract {
        @Override
        public UsedRights usedRights() {
            return TestDatabase.H2.port(UsedRights.class);
        }
    }

    @Nested
    class OnPostgresql implements UsedRightsContract {
        @Override
        public UsedRights usedRights() {
            return TestDatabase.POSTGRESQL.port(UsedRights.class);
        }
    }
}
