package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.TokenPolicies;

class InMemoryTokenPoliciesTest implements TokenPoliciesContract {
    private final InMemoryStore store = new InMemoryStore();
    private final TokenPolicies policies = new InMemoryTokenPolicies(store);

    @Override
    public TokenPolicies tokenPolicies() {
        return policies;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
