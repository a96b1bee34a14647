package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.token.SigningKeysContract;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;
import org.junit.jupiter.api.Nested;

class JdbcSigningKeysTest {
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

    interface Binding extends SigningKeysContract {
        TestDatabase database();

        @Override
        default SigningKeys emptySigningKeys() {
            database().port(Database.class).write("delete from signing_key");
            return database().port(SigningKeys.class);
        }

        @Override
        default void plant(SigningKey key) {
            database()
                    .port(Database.class)
                    .insert(
                            "signing_key",
                            SigningKeyRow.COLUMNS,
                            SigningKeyRow.of(key).values());
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }
    }
}
