package dev.gatehouse.adapters.persistence.access;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.access.AccessChangesContract;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiTokens;
import org.junit.jupiter.api.Nested;

class JdbcAccessChangesTest {
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

    interface Binding extends AccessChangesContract {
        TestDatabase database();

        @Override
        default AccessChanges accessChanges() {
            return database().port(AccessChanges.class);
        }

        @Override
        default AccessChanges anotherAccessChanges() {
            return database().portOfAnotherProcess(AccessChanges.class);
        }

        @Override
        default AccessChanges cutOffAccessChanges() {
            return database().cutOffPort(AccessChanges.class);
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }

        @Override
        default ApiTokens tokens() {
            return database().port(ApiTokens.class);
        }

        @Override
        default ApiTokens anotherTokens() {
            return database().portOfAnotherProcess(ApiTokens.class);
        }
    }
}
