package dev.gatehouse.adapters.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.adapters.testkit.token.InMemoryApiTokens;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiTokens;
import org.junit.jupiter.api.Test;

class InMemoryAccessChangesTest implements AccessChangesContract {
    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryApiTokens tokens = new InMemoryApiTokens(store);
    private final InMemoryAccessChanges changes = new InMemoryAccessChanges(store);
    private final AccessChanges another = changes.inAnotherProcess();

    @Override
    public AccessChanges accessChanges() {
        return changes;
    }

    @Override
    public AccessChanges anotherAccessChanges() {
        return another;
    }

    @Override
    public AccessChanges cutOffAccessChanges() {
        InMemoryStore gone = new InMemoryStore();
        InMemoryAccessChanges cutOff = new InMemoryAccessChanges(gone);
        gone.cutOff();
        cutOff.goStale();
        return cutOff;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }

    @Override
    public ApiTokens tokens() {
        return tokens;
    }

    @Override
    public ApiTokens anotherTokens() {
        return tokens;
    }

    @Test
    void what_went_stale_is_known_again_once_somebody_asked() {
        changes.goStale();
        assertThat(changes.known()).isEmpty();

        long asked = changes.ask();

        assertThat(changes.known()).hasValue(asked);
    }
}
