package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.shared.Transactions;

class InMemoryAccountsTest implements AccountsContract {
    private final InMemoryStore store = new InMemoryStore();
    private final Accounts accounts = new InMemoryAccounts(store);

    @Override
    public Accounts accounts() {
        return accounts;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
