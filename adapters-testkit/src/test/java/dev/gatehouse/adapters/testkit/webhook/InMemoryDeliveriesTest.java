package dev.gatehouse.adapters.testkit.webhook;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.webhook.Deliveries;

class InMemoryDeliveriesTest implements DeliveriesContract {
    private final InMemoryStore store = new InMemoryStore();
    private final Deliveries deliveries = new InMemoryDeliveries(store);

    @Override
    public Deliveries deliveries() {
        return deliveries;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
