package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.account.SignInFailures;
import dev.gatehouse.domain.shared.Transactions;

class InMemorySignInFailuresTest implements SignInFailuresContract {
    private final InMemoryStore store = new InMemoryStore();
    private final SignInFailures failures = new InMemorySignInFailures(store);

    @Override
    public SignInFailures signInFailures() {
        return failures;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
