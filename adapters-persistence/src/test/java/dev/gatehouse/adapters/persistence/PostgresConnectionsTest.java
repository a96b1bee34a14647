package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresConnectionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LONG = "select pg_sleep(14)";

    @Test
    void whoever_waits_for_an_answer_is_refused_when_all_connections_are_broken_and_the_next_one_is_answered() {
        try (ApplicationContext context = TestDatabase.open(TestDatabase.POSTGRESQL.fresh());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Database database = context.getBean(Database.class);
            Transactions transactions = context.getBean(Transactions.class);
            List<Future<?>> waiting = List.of(
                    threads.submit(() -> database.list(LONG, columns -> "")),
                    threads.submit(() -> transactions.inTransaction(() -> database.list(LONG, columns -> ""))));
            Eventually.holds(PATIENCE, () -> waiting(database) == waiting.size());

            database.breakConnections();

            for (Future<?> each : waiting)
                assertThatThrownBy(each::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(Refusal.Unavailable.class);
            Eventually.holds(PATIENCE, () -> answers(database));
        }
    }

    @ParameterizedTest
    @CsvSource({"off, on", "on, on", "local, local", "remote_write, remote_write", "remote_apply, remote_apply"})
    void a_commit_waits_for_the_disk_at_least_and_for_more_where_the_server_says_so(String server, String ours)
            throws SQLException {
        Map<String, Object> settings = TestDatabase.POSTGRESQL.fresh();
        String url = (String) settings.get("gatehouse.database.url");
        try (Connection connection =
                        DriverManager.getConnection(url, (String) settings.get("gatehouse.database.username"), (String)
                                settings.get("gatehouse.database.password"));
                Statement statement = connection.createStatement()) {
            statement.execute("alter database " + url.substring(url.lastIndexOf('/') + 1) + " set synchronous_commit = "
                    + server);
        }

        try (ApplicationContext context = TestDatabase.open(settings)) {
            Supplier<Optional<String>> setting = () -> context.getBean(Database.class)
                    .first(
                            "select current_setting('synchronous_commit') as setting",
                            columns -> columns.text("setting"));
            assertThat(setting.get()).contains(ours);
            assertThat(context.getBean(Transactions.class).inTransaction(setting))
                    .contains(ours);
        }
    }

    @Test
    void the_embedded_database_has_none_that_could_break() {
        Database database = TestDatabase.H2.port(Database.class);

        database.breakConnections();

        assertThat(answers(database)).isTrue();
    }

    private static long waiting(Database database) {
        return database.first(
                        "select count(*) as total from pg_stat_activity"
                                + " where datname = current_database() and state = 'active' and query = ?",
                        columns -> columns.bigNumber("total"),
                        LONG)
                .orElseThrow();
    }

    private static boolean answers(Database database) {
        try {
            return database.first("select 1 as one", columns -> columns.number("one"))
                    .isPresent();
        } catch (Refusal.Unavailable e) {
            return false;
        }
    }
}
