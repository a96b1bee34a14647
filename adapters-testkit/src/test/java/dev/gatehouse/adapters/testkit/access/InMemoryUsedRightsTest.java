package dev.gatehouse.adapters.testkit.access;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.access.UsedRights;

class InMemoryUsedRightsTest implements UsedRightsContract {
    private final InMemoryUsedRights rights = new InMemoryUsedRights(new InMemoryStore());

    @Override
    public UsedRights usedRights() {
        return rights;
    }
}
