package dev.gatehouse.adapters.persistence.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.LastUses;
import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.adapters.testkit.token.ApiTokensContract;
import dev.gatehouse.adapters.testkit.token.TokenFixtures;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.TokenEnd;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
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
        default void a_row_that_does_not_read_is_a_fault_of_the_service_and_not_of_who_asks() {
            ApiToken token = TokenFixtures.aLiveToken();
            apiTokens().insert(token);
            database()
                    .port(Database.class)
                    .write(
                            "update api_token set networks = 'no network' where id = ?",
                            token.id().value());

            assertThatIllegalStateException()
                    .isThrownBy(() -> apiTokens().find(token.id()))
                    .withMessageContaining(token.id().value());
            database()
                    .port(Database.class)
                    .write("delete from api_token where id = ?", token.id().value());
        }

        @Test
        default void a_warning_is_counted_once_by_what_is_to_end_the_token() {
            ApiToken token = TokenFixtures.aLiveToken();
            MeterRegistry registry = new SimpleMeterRegistry();
            ApiTokens counted = new JdbcApiTokens(
                    database().port(Database.class),
                    database().port(LastUses.class),
                    new TokenMeters(Optional.of(registry)));
            counted.insert(token);
            TokenEnd end = new TokenEnd(Samples.NOW.plusSeconds(60), TokenEnd.Reason.AGE);

            counted.warned(token.id(), end, Samples.NOW);
            counted.warned(token.id(), end, Samples.NOW);

            assertThat(registry.get("gatehouse.token.warnings").counters())
                    .filteredOn(each -> each.count() > 0)
                    .singleElement()
                    .satisfies(each -> {
                        assertThat(each.getId().getTag("reason")).isEqualTo("age");
                        assertThat(each.count()).isEqualTo(1);
                    });
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
