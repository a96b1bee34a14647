package dev.gatehouse.adapters.persistence.account;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.account.AccountsContract;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.shared.Transactions;
import org.junit.jupiter.api.Nested;

class JdbcAccountsTest {
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

    interface Binding extends AccountsContract {
        TestDatabase database();

        @Override
        default Accounts accounts() {
            return database().port(Accounts.class);
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }
    }
}
