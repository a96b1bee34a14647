package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.Repeats;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others committed a moment ago is stored before anything is acknowledged because of it. */
class GroupCommitTest {
    private ApplicationContext context;

    @BeforeEach
    void open(@TempDir Path folder) {
        context = TestDatabase.open(TestDatabase.settings(EmbeddedDatabase.url(folder), "gatehouse", ""));
        // It stores, too.
        context.getBean(EmbeddedDatabaseCare.class).close();
        // The first who waits tells H2 to store no more at each commit.
        context.getBean(Transactions.class).inTransaction(() -> {});
    }

    @AfterEach
    void close() {
        context.close();
    }

    /** Commits as one does who has not come to wait yet, and gives the store that has to store it. */
    private MVStore committed() throws SQLException {
        try (Connection connection =
                        context.getBean(ConnectionPool.class).source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into token_repeat (caller, repeat_key, fingerprint, token_id, asked_at)"
                    + " values ('alice', 'key-1', 'print', 'ci', current_timestamp)");
            MVStore store = GroupCommit.storeOf(connection);
            assertThat(store.hasUnsavedChanges()).isTrue();
            return store;
        }
    }

    @Test
    void a_transaction_that_only_read_returns_when_what_others_committed_is_stored() throws Exception {
        MVStore store = committed();

        context.getBean(Transactions.class).inTransaction(context.getBean(Accounts.class)::all);

        assertThat(store.hasUnsavedChanges()).isFalse();
    }

    @Test
    void what_a_key_was_used_for_is_stored_when_it_is_found() throws Exception {
        MVStore store = committed();

        assertThat(context.getBean(Repeats.class).find("alice", "key-1", Instant.now()))
                .isPresent();

        assertThat(store.hasUnsavedChanges()).isFalse();
    }
}
