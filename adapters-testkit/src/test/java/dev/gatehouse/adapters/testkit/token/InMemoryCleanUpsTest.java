package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.CleanUps;

class InMemoryCleanUpsTest implements CleanUpsContract {
    private final InMemoryStore store = new InMemoryStore();
    private final CleanUps cleanUps = new InMemoryCleanUps(store);

    @Override
    public CleanUps cleanUps() {
        return cleanUps;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
