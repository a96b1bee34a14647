package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.Repeats;

class InMemoryRepeatsTest implements RepeatsContract {
    private final InMemoryStore store = new InMemoryStore();
    private final Repeats repeats = new InMemoryRepeats(store);

    @Override
    public Repeats repeats() {
        return repeats;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
