package dev.gatehouse.adapters.testkit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.domain.shared.Refusal;
import org.junit.jupiter.api.Test;

class InMemoryStoreTest {
    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryStore.Table<String, Integer> table = store.table();

    @Test
    void rows_change_only_where_nobody_writes_in_between() {
        assertThatIllegalStateException().isThrownBy(() -> table.put("a", 1));
        assertThatIllegalStateException().isThrownBy(() -> table.remove("a"));
    }

    @Test
    void a_row_that_was_removed_is_gone_at_once_and_for_good() {
        write("a", 1);
        write("b", 2);

        store.inTransaction(() -> store.write(() -> {
            table.remove("a");
            assertThat(table.find("a")).isEmpty();
            assertThat(table.committed("a")).contains(1);
            assertThat(table.all()).containsExactly(2);
            return true;
        }));

        assertThat(table.find("a")).isEmpty();
        assertThat(table.all()).containsExactly(2);
    }

    @Test
    void cut_off_it_answers_nobody_and_forgets_what_was_under_way() {
        write("a", 1);
        assertThatExceptionOfType(Refusal.Unavailable.class)
                .isThrownBy(() -> store.inTransaction(() -> {
                    write("a", 2);
                    store.cutOff();
                    return true;
                }));
        assertThatExceptionOfType(Refusal.Unavailable.class).isThrownBy(() -> table.find("a"));
        assertThatExceptionOfType(Refusal.Unavailable.class).isThrownBy(table::all);
        assertThatExceptionOfType(Refusal.Unavailable.class).isThrownBy(() -> write("a", 3));

        store.reconnect();

        assertThat(table.find("a")).contains(1);
    }

    private void write(String key, int value) {
        store.write(() -> {
            table.put(key, value);
            return true;
        });
    }
}
