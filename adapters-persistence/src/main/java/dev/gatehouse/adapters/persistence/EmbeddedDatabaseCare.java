package dev.gatehouse.adapters.persistence;

import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file of the embedded database small and has it written through. H2 does both by itself only where it may
 * lose the commits of the last moment, which is not allowed here: see {@link GroupCommit}.
 * On PostgreSQL it does nothing.
 */
@Context
final class EmbeddedDatabaseCare {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabaseCare.class);
    private static final long PAUSE_MILLIS = 1_000;
    /**
     * How much of the file is worth keeping; below, what is still in use moves together. At a half, as much moves as is
     * gained, and the file is twice what it holds at the worst. At four fifths four times as much moves, and what that leaves
     * behind in memory has the garbage collector stop everything once a second while many sign in.
     */
    private static final int LIVE_PERCENT = 50;
    /** How much moves in one round. Commits wait for it, once a second at most. */
    private static final int MOST_BYTES = 4 << 20;

    private final ConnectionPool pool;
    private final CountDownLatch closing = new CountDownLatch(1);
    private long version = -1;
    private boolean rewrote;

    EmbeddedDatabaseCare(DatabaseSettings settings, ConnectionPool pool) {
        this.pool = pool;
        if (settings.dialect() == Dialect.H2)
            Thread.ofPlatform().name("embedded-database-care").daemon().start(this::keep);
    }

    @PreDestroy
    void close() {
        closing.countDown();
    }

    private void keep() {
        try {
            while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) compact();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compact() {
        try {
            MVStore store = store();
            if (store.getCurrentVersion() == version && !rewrote) return;
            rewrote = store.compact(LIVE_PERCENT, MOST_BYTES);
            store.sync();
            version = store.getCurrentVersion();
        } catch (SQLException | RuntimeException e) {
            // The database is closing, or it is full: whoever writes will be told, and the next round tries again.
            LOG.debug("the file of the embedded database was not compacted", e);
        }
    }

    private MVStore store() throws SQLException {
        try (Connection connection = pool.source().getConnection()) {
            return GroupCommit.storeOf(connection);
        }
    }
}
