package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.token.TokenPoliciesContract;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.TokenPolicies;
import org.junit.jupiter.api.Nested;

class JdbcTokenPoliciesTest {
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

    interface Binding extends TokenPoliciesContract {
        TestDatabase database();

        @Override
        default TokenPolicies tokenPolicies() {
            return database().port(TokenPolicies.class);
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }
    }
}
