package dev.gatehouse.adapters.testkit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Ids;
import org.junit.jupiter.api.Test;

class CountingIdsTest implements IdsContract {
    private final Ids ids = new CountingIds();

    @Override
    public Ids ids() {
        return ids;
    }

    @Test
    void ids_can_be_foretold() {
        assertThat(ids.newId()).isEqualTo("00000000-0000-4000-8000-000000000001");
        assertThat(ids.newId()).isEqualTo("00000000-0000-4000-8000-000000000002");
    }
}
