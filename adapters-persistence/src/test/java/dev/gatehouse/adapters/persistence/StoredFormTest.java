package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredFormTest {
    @Test
    void what_every_database_can_hold_stays_as_it_is() {
        assertThat(StoredForm.of("Grüße \uD83D\uDD11\n")).isEqualTo("Grüße \uD83D\uDD11\n");
    }

    @Test
    void every_text_comes_back() {
        for (String text : List.of(
                "",
                "\u0000",
                "a\u0000b\u0000",
                "\u001a",
                "\u001a0000",
                "\uD83D",
                "\uDD11",
                "x\uD83D",
                "\uDD11\uD83D",
                "\uD83D\uD83D\uDD11",
                "\uD83D\uDD11\uDD11",
                "\uD83D\u0000\uDD11"))
            assertThat(StoredForm.text(StoredForm.of(text))).isEqualTo(text);
    }

    @Test
    void nothing_is_left_that_postgresql_refuses() {
        assertThat(StoredForm.of("a\u0000b\uD83Dc")).isEqualTo("a\u001a0000b\u001ad83dc");
    }

    @Test
    void different_texts_stay_different() {
        assertThat(StoredForm.of("\u001a0000")).isNotEqualTo(StoredForm.of("\u0000"));
    }

    @Test
    void an_instant_is_cut_to_the_microsecond_and_never_rounded_up() {
        assertThat(StoredForm.of(Instant.parse("2026-01-01T00:00:00.123456999Z"))
                        .toInstant())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
    }
}
