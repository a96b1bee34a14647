package dev.gatehouse.adapters.security.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.IdsContract;
import dev.gatehouse.domain.shared.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomIdsTest implements IdsContract {
    private final Ids ids = new RandomIds(InstantSource.system());

    @Override
    public Ids ids() {
        return ids;
    }

    @Test
    void the_example_of_rfc_9562_appendix_a_6() {
        assertThat(RandomIds.timed(0x017F22E279B0L, 0xCC3, 0x18C4DC0C0C07398FL))
                .hasToString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    }

    @Test
    void nothing_but_the_random_bits_comes_from_the_random_numbers() {
        assertThat(RandomIds.timed(0, -1, -1)).hasToString("00000000-0000-7fff-bfff-ffffffffffff");
        assertThat(RandomIds.timed(0, 0, 0)).hasToString("00000000-0000-7000-8000-000000000000");
    }

    @Test
    void the_later_one_is_the_greater_text() {
        AtomicLong millis = new AtomicLong(0x017F22E279FFL);
        Ids at = new RandomIds(() -> Instant.ofEpochMilli(millis.getAndIncrement()));

        assertThat(Stream.generate(at::newIdInOrder).limit(1_000)).isSorted();
    }

    @Test
    void an_id_in_order_begins_with_its_millisecond() {
        Ids at = new RandomIds(InstantSource.fixed(Instant.ofEpochMilli(0x017F22E279B0L)));

        assertThat(at.newIdInOrder()).startsWith("017f22e2-79b0-7");
    }
}
