package dev.gatehouse.adapters.persistence;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Hands the commits of the embedded database to the operating system: those that come together in one go. H2 by itself
 * stores at each commit and under a lock, every time with the page of each index that the commit touched; most of these
 * pages are the same for those who write at the same time.
 *
 * <p>Who wrote calls {@link Written#await} after its commit and before it acknowledges anything: what was committed by then
 * outlives the process when that returns. Others may read it earlier.
 */
@Singleton
final class GroupCommit {
    /** H2 stores at each commit where this is 0, and in a thread of its own where it is a number of milliseconds. */
    private static final int WHEN_TOLD = -1;
    /** About as long as it takes to store. */
    private static final Duration PATIENCE = Duration.ofMillis(2);

    private final List<Runnable> whenReopened = new CopyOnWriteArrayList<>();
    private volatile @Nullable Groups current;

    /** Who waits for a store. H2 opens its file anew after it failed, and has another store then. */
    private record Groups(MVStore store, CommitGroups waiting) {}

    /** What is written over one connection. */
    final class Written {
        private final MVStore store;

        private Written(MVStore store) {
            this.store = store;
        }

        /**
         * Waits until all that was committed so far is stored.
         *
         * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when it cannot be; it may be there or not, then
         */
        void await() {
            try {
                groups(store).waiting().await();
            } catch (MVStoreException e) {
                throw SqlErrors.unavailable(e);
            }
        }
    }

    /** What will be written over this connection; to be asked for while it is open. */
    Written over(Connection connection) {
        try {
            return new Written(storeOf(connection));
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    /**
     * Adds what is done after H2 has opened its file anew, before anything written there is acknowledged: what was committed
     * before and could not be stored is gone, and may have been read.
     */
    void whenReopened(Runnable step) {
        whenReopened.add(step);
    }

    /** The store behind a connection to the embedded database. */
    static MVStore storeOf(Connection connection) throws SQLException {
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }

    private Groups groups(MVStore store) {
        Groups known = current;
        return known != null && known.store() == store ? known : changed(store);
    }

    private synchronized Groups changed(MVStore store) {
        Groups known = current;
        if (known != null && known.store() == store) return known;
        Groups made = new Groups(store, new CommitGroups(store::commit, PATIENCE));
        // One that failed is met by those who still wrote to it, and stays theirs.
        if (store.isClosed()) return made;
        store.setAutoCommitDelay(WHEN_TOLD);
        if (known != null) whenReopened.forEach(Runnable::run);
        current = made;
        return made;
    }
}
