package dev.gatehouse.adapters.testkit.session;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Transactions;

class InMemorySessionsTest implements SessionsContract {
    private final InMemoryStore store = new InMemoryStore();
    private final Sessions sessions = new InMemorySessions(store);

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
