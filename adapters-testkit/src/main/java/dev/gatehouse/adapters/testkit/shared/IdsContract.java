package dev.gatehouse.adapters.testkit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Ids;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link Ids} promises. */
public interface IdsContract {
    /** The port under test. */
    Ids ids();

    @Test
    default void an_id_is_a_random_uuid_in_lower_case() {
        Ids ids = ids();
        for (int i = 0; i < 200; i++)
            assertThat(ids.newId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    default void an_id_in_order_is_a_uuid_of_version_7_in_lower_case() {
        Ids ids = ids();
        for (int i = 0; i < 200; i++)
            assertThat(ids.newIdInOrder())
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    default void no_id_in_order_is_given_twice_not_even_to_threads_that_ask_together() {
        Ids ids = ids();
        Race<List<String>> race =
                Race.of(8, () -> Stream.generate(ids::newIdInOrder).limit(1_000).toList());

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned().stream().flatMap(List::stream))
                .hasSize(8_000)
                .doesNotHaveDuplicates();
    }

    @Test
    default void no_id_is_given_twice_not_even_to_threads_that_ask_together() {
        Ids ids = ids();
        Race<List<String>> race =
                Race.of(8, () -> Stream.generate(ids::newId).limit(1_000).toList());

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned().stream().flatMap(List::stream))
                .hasSize(8_000)
                .doesNotHaveDuplicates();
    }

    @Test
    default void a_secret_has_room_for_256_bits_in_characters_that_need_no_escaping() {
        Ids ids = ids();
        for (int i = 0; i < 200; i++) assertThat(ids.newSecret()).matches("[A-Za-z0-9_-]{43,}");
    }

    @Test
    default void no_secret_is_given_twice_not_even_to_threads_that_ask_together() {
        Ids ids = ids();
        Race<List<String>> race =
                Race.of(8, () -> Stream.generate(ids::newSecret).limit(1_000).toList());

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned().stream().flatMap(List::stream))
                .hasSize(8_000)
                .doesNotHaveDuplicates();
    }
}
