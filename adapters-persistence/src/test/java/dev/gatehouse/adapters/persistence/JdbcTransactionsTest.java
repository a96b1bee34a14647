package dev.gatehouse.adapters.persistence;

import dev.gatehouse.adapters.testkit.account.AccountFixtures;
import dev.gatehouse.adapters.testkit.shared.TransactionsContract;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.shared.Transactions;
import java.util.List;
import org.junit.jupiter.api.Nested;

class JdbcTransactionsTest {
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

    interface Binding extends TransactionsContract {
        TestDatabase database();

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }

        @Override
        default Transactions cutOffTransactions() {
            return database().cutOffPort(Transactions.class);
        }

        @Override
        default List<Row> rows() {
            return List.of(AccountFixtures.aRow(database().port(Accounts.class)));
        }
    }
}
