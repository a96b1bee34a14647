package dev.gatehouse.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainPasswordTest {
    /** Two marks that the normal form has the other way round. */
    private static final String OUT_OF_ORDER = "\u0315\u0316";

    private static final String IN_ORDER = "\u0316\u0315";

    @Test
    void one_character_typed_in_two_ways_is_kept_in_one() {
        assertThat(kept("cafe\u0301 au lait")).isEqualTo("caf\u00e9 au lait");
        assertThat(kept("x" + OUT_OF_ORDER)).isEqualTo("x" + IN_ORDER);
    }

    @Test
    void nothing_else_is_changed() {
        for (String each : List.of("", " Correct  horse ", "\uFB01\u2460\u00A0K\uFF21", "\uD83D\uDD11", "\uD83D"))
            assertThat(kept(each)).isEqualTo(each);
    }

    @Test
    void thirty_marks_in_a_row_are_put_in_order_and_one_more_leaves_all_as_it_came() {
        String thirty = "e\u0301 x" + OUT_OF_ORDER.repeat(15);
        assertThat(kept(thirty)).isEqualTo("\u00e9 x" + "\u0316".repeat(15) + "\u0315".repeat(15));
        assertThat(kept(thirty + "y" + OUT_OF_ORDER)).endsWith("y" + IN_ORDER);

        for (String mark : List.of("\u0315", "\u0F73", "\u0903", "\u20DD", "\uD834\uDD65")) {
            String more = thirty + mark;
            assertThat(kept(more)).isEqualTo(more);
        }
    }

    /** To put these in order takes minutes. */
    @Test
    void what_a_stranger_may_send_is_no_work() {
        String most = "\u0F73".repeat(350_000);

        assertThat(kept(most)).isEqualTo(most);
        assertThat(kept("a".repeat(500_000) + most)).endsWith("a" + most);
    }

    @Test
    void it_shows_itself_to_nobody_who_does_not_ask() {
        assertThat(new PlainPassword("correct horse")).hasToString("PlainPassword[…]");
    }

    private static String kept(String typed) {
        return new PlainPassword(typed).reveal();
    }
}
