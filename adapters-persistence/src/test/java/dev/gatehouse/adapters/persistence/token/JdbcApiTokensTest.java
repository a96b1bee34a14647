package dev.gatehouse.adapters.persistence.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.adapters.testkit.token.ApiTokensContract;
import dev.gatehouse.adapters.testkit.token.TokenFixtures;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.LastUse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcApiTokensTest {
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

    interface Binding extends ApiTokensContract {
        TestDatabase database();

        @Override
        default ApiTokens apiTokens() {
            return database().port(ApiTokens.class);
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }

        @Test
        default void a_row_that_somebody_holds_is_passed_over_and_not_waited_for() {
            ApiToken held = TokenFixtures.aLiveToken();
            apiTokens().insert(held);
            LastUse use = new LastUse(Samples.NOW, "192.0.2.1", "");

            transactions().inTransaction(() -> {
                apiTokens().revoke(held.id(), Samples.NOW, "admin");
                Race<?> elsewhere = Race.of(1, () -> apiTokens().used(Map.of(held.id(), use)));
                assertThat(elsewhere.thrown()).isEmpty();
                assertThat(elsewhere.returned()).first().isEqualTo(Set.of(held.id()));
            });

            assertThat(apiTokens().used(Map.of(held.id(), use))).isEmpty();
            assertThat(apiTokens().find(held.id()).orElseThrow().lastUse()).contains(use);
        }
    }
}
