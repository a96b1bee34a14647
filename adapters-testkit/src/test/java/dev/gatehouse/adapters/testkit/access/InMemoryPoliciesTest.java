package dev.gatehouse.adapters.testkit.access;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.shared.Transactions;

class InMemoryPoliciesTest implements PoliciesContract {
    private final InMemoryStore store = new InMemoryStore();
    private final Policies policies = new InMemoryPolicies(store);

    @Override
    public Policies policies() {
        return policies;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
