package dev.gatehouse.adapters.persistence;

import dev.gatehouse.domain.shared.Transactions;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.function.Supplier;

/** Transactions of one database, read committed. */
@Singleton
final class JdbcTransactions implements Transactions {
    private final TransactionOperations<Connection> transactions;

    JdbcTransactions(TransactionOperations<Connection> transactions) {
        this.transactions = transactions;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        try {
            return transactions.execute(TransactionDefinition.DEFAULT, status -> work.get());
        } catch (RuntimeException e) {
            throw SqlErrors.translate(e);
        }
    }
}
