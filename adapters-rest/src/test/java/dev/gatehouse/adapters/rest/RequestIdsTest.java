package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.application.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gatehouse contract 1: what may stand in every line of the log. */
class RequestIdsTest {
    private final RequestIds ids = new RequestIds(new World().ids);

    @ParameterizedTest
    @ValueSource(strings = {"12345678", "Az09._-x", "........"})
    void what_is_8_to_64_letters_digits_dots_lines_and_dashes_is_taken(String sent) {
        assertThat(ids.of(sent)).isEqualTo(sent);
        assertThat(ids.of(sent.repeat(8))).isEqualTo(sent.repeat(8));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "1234567", "12345678\n", "1234 5678", "12345678/", "12345678\u00e9", "<script>", "${jndi:x}"
            })
    void of_anything_else_a_new_one_is_made(@Nullable String sent) {
        String first = ids.of(sent);
        assertThat(first).matches("[A-Za-z0-9._-]{8,64}").isNotEqualTo(sent);
        assertThat(ids.of(sent)).isNotEqualTo(first);
    }

    @Test
    void one_of_65_is_too_long() {
        assertThat(ids.of("a".repeat(65))).isNotEqualTo("a".repeat(65)).hasSizeLessThan(65);
    }
}
