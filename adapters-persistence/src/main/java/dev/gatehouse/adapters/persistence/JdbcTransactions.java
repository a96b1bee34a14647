package dev.gatehouse.adapters.persistence;

import dev.gatehouse.domain.shared.Transactions;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Transactions of one database, read committed. */
@Singleton
final class JdbcTransactions implements Transactions {
    private final TransactionOperations<Connection> transactions;
    private final SharedHolds holds;

    JdbcTransactions(TransactionOperations<Connection> transactions, SharedHolds holds) {
        this.transactions = transactions;
        this.holds = holds;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        AtomicReference<@Nullable RuntimeException> ofTheWork = new AtomicReference<>();
        boolean outermost = transactions.findTransactionStatus().isEmpty();
        try {
            return transactions.execute(TransactionDefinition.DEFAULT, status -> {
                try {
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
        } finally {
            if (outermost) holds.release();
        }
    }
}
