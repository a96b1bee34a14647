package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request asks for costs the same however many tokens there are: it is found by an index. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenIndexesTest {
    private static final int TOKENS = 100_000;
    private static final int EMBEDDED_TOKENS = 5_000;
    private static final String OF_ONE_SUBJECT =
            "subject_kind = 'projectRole' and subject_id = 'id-7' and role = 'ci' and ";

    private static final String OPEN = "superseded_at is not null and closed_at is null and revoked_at is null"
            + " and superseded_until > timestamp with time zone '2026-03-01 00:00:00+00'"
            + " and (expires_at is null or expires_at > timestamp with time zone '2026-03-01 00:00:00+00') limit 20";

    private ApplicationContext context;
    private ApplicationContext embedded;

    @BeforeAll
    void fill() throws SQLException {
        context = TestDatabase.open(TestDatabase.POSTGRESQL.fresh());
        try (Connection connection = connection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    insert into api_token (id, name, subject_kind, subject_id, subject_name, role, issued_at, expires_at,
                        created_by, family_id, first_used_at, last_used_at)
                    select 'token-' || i, 'token-' || i, 'projectRole', 'id-' || (mod(i, 500)), 'project-' || (mod(i, 500)), 'ci',
                        timestamptz '2026-01-01 00:00:00Z' + i * interval '1 minute',
                        timestamptz '2026-02-01 00:00:00Z' + i * interval '1 minute',
                        'maker-' || (mod(i, 1000)), case when mod(i, 10) = 0 then 'token-' || (i - 1) end,
                        case when mod(i, 3) = 0 then timestamptz '2026-01-01 00:00:00Z' + i * interval '1 minute' end,
                        case when mod(i, 3) = 0 then timestamptz '2026-01-01 00:00:00Z' + i * interval '1 minute' end
                    from generate_series(1, %d) i""".formatted(TOKENS));
            statement.execute("""
                    insert into api_token (id, name, subject_kind, subject_id, subject_name, role, issued_at, expires_at,
                        created_by, superseded_at, superseded_until, closed_at)
                    select 'rotated-' || i, 'rotated-' || i, 'projectRole', 'rotated', 'rotated', 'ci',
                        timestamptz '2026-01-01 00:00:00Z' + i * interval '1 minute',
                        timestamptz '2026-04-01 00:00:00Z' + i * interval '1 minute',
                        'maker-' || (mod(i, 1000)),
                        timestamptz '2026-01-01 00:00:00Z' + i * interval '2 minute',
                        timestamptz '2026-03-01 00:00:00Z' + i * interval '2 minute',
                        case when i > 5 then timestamptz '2026-01-01 00:00:00Z' + i * interval '3 minute' end
                    from generate_series(1, %d) i""".formatted(TOKENS / 2));
            statement.execute("analyze api_token");
        }
        embedded = TestDatabase.open(TestDatabase.H2.fresh());
        try (Connection connection = connection(embedded);
                var statement = connection.createStatement()) {
            statement.execute("""
                    insert into api_token (id, name, subject_kind, subject_id, subject_name, role, issued_at, expires_at,
                        created_by, family_id)
                    select 'token-' || i, 'token-' || i, 'projectRole', 'id-' || (mod(i, 500)), 'project-' || (mod(i, 500)), 'ci',
                        timestamp with time zone '2026-01-01 00:00:00+00' + i * interval '1' minute,
                        timestamp with time zone '2026-02-01 00:00:00+00' + i * interval '1' minute,
                        'maker-' || (mod(i, 1000)), case when mod(i, 10) = 0 then 'token-' || (i - 1) end
                    from system_range(1, %d) numbers (i)""".formatted(EMBEDDED_TOKENS));
            statement.execute("analyze");
        }
    }

    @AfterAll
    void close() {
        context.close();
        embedded.close();
    }

    private Connection connection() throws SQLException {
        return connection(context);
    }

    private static Connection connection(ApplicationContext database) throws SQLException {
        return database.getBean(ConnectionPool.class).source().getConnection();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "issued_at <= timestamptz '2026-02-01' and (issued_at < timestamptz '2026-02-01' or id > 'x')",
                "subject_kind = 'projectRole'",
                "subject_name = 'project-7' and subject_kind = 'projectRole'",
                "subject_name = 'project-7' and subject_kind = 'projectRole' and role = 'ci' and revoked_at is null"
                        + " and superseded_at is null and expires_at <= now()",
                "created_by = 'maker-7'",
                "expires_at < timestamptz '2026-02-01 02:00:00Z'",
                "revoked_at is null and superseded_at is null and (expires_at is null or expires_at > now())"
                        + " and (not_before is null or not_before <= now())",
                "first_used_at is null and last_used_at is null",
                "issued_at < now() and (first_used_at is null or first_used_at < timestamptz '2026-01-20')"
                        + " and (last_used_at is null or last_used_at < timestamptz '2026-01-20')"
            })
    void a_page_is_found_by_an_index(String filter) throws SQLException {
        assertThat(plan("select id from api_token where " + filter + " order by issued_at desc, id limit 101"))
                .noneMatch(each -> each.contains("Seq Scan"))
                .anyMatch(each -> each.contains("Index"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = 'token-7' for update",
                "family_id = 'token-9' for update",
                "family_id = 'token-9' and revoked_at is null order by generation for update",
                "id = any(array['token-9', 'token-10'])",
                OF_ONE_SUBJECT + "name = 'token-7'",
                OF_ONE_SUBJECT + "revoked_at is null and superseded_at is null and expires_at is null limit 20",
                OF_ONE_SUBJECT + "revoked_at is null and superseded_at is null"
                        + " and expires_at > timestamp with time zone '2026-03-01 00:00:00+00' limit 20",
                OF_ONE_SUBJECT + OPEN,
                OF_ONE_SUBJECT + "revoked_at is null order by issued_at desc, id",
                OF_ONE_SUBJECT + "issued_at >= timestamp with time zone '2026-01-05 00:00:00+00'"
                        + " and issued_at < timestamp with time zone '2026-01-05 00:00:01+00'"
                        + " and revoked_at is null order by issued_at desc, id limit 2"
            })
    void a_token_a_family_and_the_tokens_of_one_subject_are_found_by_an_index(String filter) throws SQLException {
        String query = "select id from api_token where " + filter;
        assertThat(plan(query)).noneMatch(each -> each.contains("Seq Scan")).anyMatch(each -> each.contains("Index"));
        assertThat(plan(embedded, query)).noneMatch(each -> each.contains("tableScan"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "subject_name = 'project-7' and subject_kind = 'projectRole'",
                "created_by = 'maker-7'",
                "revoked_at is null and superseded_at is null and (expires_at is null or expires_at > current_timestamp)",
                "first_used_at is null and last_used_at is null"
            })
    void a_page_is_found_by_an_index_of_the_embedded_database_too(String filter) throws SQLException {
        assertThat(plan(
                        embedded,
                        "select id from api_token where " + filter + " order by issued_at desc, id limit 101"))
                .noneMatch(each -> each.contains("tableScan"));
    }

    /**
     * The embedded database has to be told to; PostgreSQL goes by the index where that reads less than to sort the few that
     * there are here.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            api_token_owner | subject_name = 'project-7' and subject_kind = 'projectRole' and subject_id = 'id-7' and revoked_at is null order by subject_name,
            api_token_owner | subject_name = 'project-7' and subject_kind = 'projectRole' and subject_id = 'id-7' and role = 'ci' and revoked_at is null order by subject_name,
            api_token_owner | subject_name = 'project-7' and subject_kind = 'projectRole' order by subject_name,
            api_token_owner | subject_name = 'project-7' and subject_kind = 'projectRole' and role = 'ci' order by subject_name,
            api_token_created_by | created_by = 'maker-7' order by created_by,
            api_token_newest | true order by
            """)
    void the_newest_are_read_in_the_order_of_an_index(String index, String filter) throws SQLException {
        String query = "select id from api_token where " + filter + " issued_at desc, id limit 101";

        assertThat(plan(query)).anyMatch(each -> each.contains(index));
        assertThat(plan(embedded, query))
                .anyMatch(each -> each.contains(index))
                .anyMatch(each -> each.contains("index sorted"));
    }

    @Test
    void open_ones_are_found_without_those_that_are_closed_however_many_there_are() throws SQLException {
        assertThat(plan("select id from api_token where subject_kind = 'projectRole' and subject_id = 'rotated'"
                        + " and role = 'ci' and " + OPEN))
                .noneMatch(each -> each.contains("Seq Scan"))
                .anyMatch(each -> each.contains("api_token_open"));
    }

    private List<String> plan(String query) throws SQLException {
        return plan(context, query);
    }

    private static List<String> plan(ApplicationContext database, String query) throws SQLException {
        try (Connection connection = connection(database);
                var statement = connection.createStatement();
                ResultSet found = statement.executeQuery("explain " + query)) {
            List<String> lines = new ArrayList<>();
            while (found.next()) lines.add(found.getString(1));
            return lines;
        }
    }
}
