package dev.gatehouse.adapters.persistence;

import dev.gatehouse.domain.shared.Transactions;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Transactions of one database, read committed. What one wrote, and what it read, outlives the process when it has
 * returned.
 */
@Singleton
final class JdbcTransactions implements Transactions {
    private final TransactionOperations<Connection> transactions;
    private final SharedHolds holds;
    private final GroupCommit commits;
    private final boolean embedded;
    /** Set from the first statement to the last, also those that {@link Database#atCommit} adds. */
    private final ThreadLocal<Boolean> open = ThreadLocal.withInitial(() -> false);

    JdbcTransactions(
            DatabaseSettings settings,
            TransactionOperations<Connection> transactions,
            SharedHolds holds,
            GroupCommit commits) {
        this.transactions = transactions;
        this.holds = holds;
        this.commits = commits;
        this.embedded = settings.dialect() == Dialect.H2;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return isOpen() ? executed(work, any -> {}) : outermost(work);
    }

    /** Whether this thread is in a transaction. */
    boolean isOpen() {
        return open.get();
    }

    private <T> T outermost(Supplier<T> work) {
        AtomicReference<GroupCommit.@Nullable Written> written = new AtomicReference<>();
        T result;
        open.set(true);
        try {
            result = executed(work, connection -> {
                if (embedded) written.set(commits.over(connection));
            });
        } finally {
            open.remove();
            holds.release();
        }
        GroupCommit.Written toStore = written.get();
        if (toStore != null) toStore.await();
        return result;
    }

    private <T> T executed(Supplier<T> work, Consumer<Connection> begun) {
        AtomicReference<@Nullable RuntimeException> ofTheWork = new AtomicReference<>();
        try {
            return transactions.execute(TransactionDefinition.DEFAULT, status -> {
                try {
                    begun.accept(status.getConnection());
                    return work.get();
                } catch (RuntimeException e) {
                    ofTheWork.set(e);
                    throw e;
                }
            });
        } catch (RuntimeException e) {
            // On a lost connection the rollback fails, too; what came first tells more.
            RuntimeException first = ofTheWork.get();
            throw first == null ? SqlErrors.translate(e) : first;
        }
    }
}
