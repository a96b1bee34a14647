package dev.gatehouse.adapters.security.shared;

import dev.gatehouse.adapters.testkit.shared.IdsContract;
import dev.gatehouse.domain.shared.Ids;

class RandomIdsTest implements IdsContract {
    private final Ids ids = new RandomIds();

    @Override
    public Ids ids() {
        return ids;
    }
}
