package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;

class InMemorySigningKeysTest implements SigningKeysContract {
    private final InMemoryStore store = new InMemoryStore();
    private InMemorySigningKeys keys = new InMemorySigningKeys(store);

    @Override
    public SigningKeys emptySigningKeys() {
        keys = new InMemorySigningKeys(store);
        return keys;
    }

    @Override
    public void plant(SigningKey key) {
        keys.plant(key);
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
