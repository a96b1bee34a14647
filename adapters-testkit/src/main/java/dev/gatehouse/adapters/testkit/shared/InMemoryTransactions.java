package dev.gatehouse.adapters.testkit.shared;

import dev.gatehouse.domain.shared.Transactions;
import java.util.function.Supplier;

/** Transactions over everything in one {@link InMemoryStore}. */
public final class InMemoryTransactions implements Transactions {
    private final InMemoryStore store;

    public InMemoryTransactions(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return store.inTransaction(work);
    }
}
