package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiTokens;

class InMemoryApiTokensTest implements ApiTokensContract {
    private final InMemoryStore store = new InMemoryStore();
    private final ApiTokens tokens = new InMemoryApiTokens(store);

    @Override
    public ApiTokens apiTokens() {
        return tokens;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
