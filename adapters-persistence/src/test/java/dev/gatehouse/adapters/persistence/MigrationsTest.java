package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.domain.shared.Refusal;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {
    @ParameterizedTest
    @EnumSource
    void an_empty_database_gets_every_table(TestDatabase database) throws SQLException {
        try (var context = TestDatabase.open(database.fresh())) {
            assertThat(tables(context))
                    .contains(
                            "account",
                            "sign_in_failure",
                            "sign_in_pressure",
                            "sign_in_success",
                            "project",
                            "api_token",
                            "signing_key",
                            "session",
                            "policy",
                            "access_change",
                            "access_log",
                            "webhook_client",
                            "webhook_delivery",
                            "audit_entry",
                            "token_repeat",
                            "token_policy",
                            "token_removed",
                            "token_clean_up",
                            "token_clean_up_item");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_next_start_finds_them_done(TestDatabase database) throws SQLException {
        Map<String, Object> settings = database.fresh();
        List<String> first;
        try (var context = TestDatabase.open(settings)) {
            first = done(context);
        }

        try (var context = TestDatabase.open(settings)) {
            assertThat(done(context)).isEqualTo(first).isNotEmpty();
        }
    }

    @Test
    void processes_that_start_together_on_one_empty_database_all_find_it_ready() {
        Map<String, Object> settings = TestDatabase.POSTGRESQL.fresh();

        Race<List<String>> race = Race.of(3, () -> {
            try (var context = TestDatabase.open(settings)) {
                return done(context);
            }
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).hasSize(3);
        assertThat(Set.copyOf(race.returned())).hasSize(1);
    }

    /** Whoever waits is waited for: so it gives up, and leaves what it can be started again on. */
    @Test
    void a_migration_that_somebody_else_keeps_waiting_gives_up_and_is_done_by_the_next_start() throws SQLException {
        Map<String, Object> settings = TestDatabase.POSTGRESQL.fresh();
        try (Connection other = DriverManager.getConnection(
                        (String) settings.get("gatehouse.database.url"),
                        (String) settings.get("gatehouse.database.username"),
                        (String) settings.get("gatehouse.database.password"));
                var statement = other.createStatement()) {
            // The other session ends by itself one day, so that a start that waits for it comes up.
            statement.execute("set idle_in_transaction_session_timeout = '1min'");
            other.setAutoCommit(false);
            statement.execute("create table account (not_committed varchar)");

            assertThatThrownBy(() -> TestDatabase.open(settings).close())
                    .satisfies(e -> assertThat(Stream.iterate(e, Objects::nonNull, Throwable::getCause))
                            .noneMatch(Refusal.class::isInstance)
                            .filteredOn(ConfigurationException.class::isInstance)
                            .last(InstanceOfAssertFactories.THROWABLE)
                            .hasMessageStartingWith("the tables could not be brought up to date: another session")
                            .hasMessageContaining("start again"));
            other.rollback();
        }

        try (var context = TestDatabase.open(settings)) {
            assertThat(done(context)).contains("1");
        }
    }

    /** As when a newer version of this service runs beside this one, or ran before it. */
    @ParameterizedTest
    @EnumSource
    void a_database_that_a_newer_version_extended_still_opens(TestDatabase database) throws SQLException {
        Map<String, Object> settings = database.fresh();
        try (var context = TestDatabase.open(settings);
                Connection connection =
                        context.getBean(ConnectionPool.class).source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter table account add column nickname varchar default '' not null");
            statement.execute("insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\","
                    + " \"type\", \"script\", \"installed_by\", \"execution_time\", \"success\")"
                    + " values (900, '900', 'later', 'SQL', 'V900__later.sql', 'x', 1, true)");
        }

        try (var context = TestDatabase.open(settings)) {
            assertThat(done(context)).contains("900");
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_constraint_has_a_name_of_ours(TestDatabase database) throws SQLException {
        try (var context = TestDatabase.open(database.fresh())) {
            assertThat(texts(
                            context,
                            "select constraint_name from information_schema.table_constraints"
                                    + " where table_schema = 'public' and constraint_type <> 'CHECK'"
                                    + " and table_name <> 'flyway_schema_history'"))
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each).doesNotStartWith("constraint_"));
        }
    }

    /** So that an operator finds of each what bounds it. */
    @Test
    void every_table_stands_on_the_page_for_operators() throws SQLException, IOException {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        try (var context = TestDatabase.open(TestDatabase.H2.fresh())) {
            List<String> tables = new ArrayList<>(tables(context));
            tables.remove("flyway_schema_history");

            assertThat(tables).isNotEmpty().allSatisfy(each -> assertThat(page).contains("`" + each + "`"));
        }
    }

    private static List<String> tables(ApplicationContext context) throws SQLException {
        return texts(context, "select table_name from information_schema.tables where table_schema = 'public'");
    }

    private static List<String> done(ApplicationContext context) throws SQLException {
        return texts(
                context,
                "select \"version\" from \"flyway_schema_history\" where \"version\" is not null"
                        + " order by \"installed_rank\"");
    }

    private static List<String> texts(ApplicationContext context, String sql) throws SQLException {
        try (Connection connection =
                        context.getBean(ConnectionPool.class).source().getConnection();
                var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (found.next()) texts.add(found.getString(1));
            return texts;
        }
    }
}
