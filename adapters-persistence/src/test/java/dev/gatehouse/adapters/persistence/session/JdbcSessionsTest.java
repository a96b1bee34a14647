package dev.gatehouse.adapters.persistence.session;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.session.SessionsContract;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Transactions;
import org.junit.jupiter.api.Nested;

class JdbcSessionsTest {
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

    interface Binding extends SessionsContract {
        TestDatabase database();

        @Override
        default Sessions sessions() {
            return database().port(Sessions.class);
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }
    }
}
