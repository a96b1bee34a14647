package dev.gatehouse.adapters.persistence.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.session.SessionFixtures;
import dev.gatehouse.adapters.testkit.session.SessionsContract;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.LastUse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

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

        @Test
        default void a_row_that_somebody_holds_is_passed_over_and_not_waited_for() {
            Session held = SessionFixtures.aLiveSession();
            sessions().insert(held, SessionFixtures.KID);
            LastUse use = new LastUse(Samples.NOW, "192.0.2.1", "");

            transactions().inTransaction(() -> {
                sessions().end(held.id(), Samples.NOW, Session.Reason.REVOKED);
                Race<?> elsewhere = Race.of(1, () -> sessions().used(Map.of(held.id(), use)));
                assertThat(elsewhere.thrown()).isEmpty();
                assertThat(elsewhere.returned()).first().isEqualTo(Set.of(held.id()));
            });

            assertThat(sessions().used(Map.of(held.id(), use))).isEmpty();
            assertThat(sessions().find(held.id()).orElseThrow().lastUse()).contains(use);
        }
    }
}
