package dev.gatehouse.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenNamesTest {
    private static final List<String> GOOD = List.of(
            "a",
            "0",
            "-",
            "...",
            "nightly",
            "Nightly-1_2.3~4",
            "!$&'()*+,;=@[]{}<>^`",
            "00000000-0000-4000-8000-000000000001");
    private static final List<String> BAD = List.of(
            "",
            " ",
            "a b",
            ".",
            "..",
            "a|b",
            "a:b",
            "a/b",
            "a%b",
            "a?b",
            "a#b",
            "a\\b",
            "a\"b",
            "a\tb",
            "a\n",
            "\u0000",
            "a\u007f",
            "é",
            "\uD83D\uDD11");

    @Test
    void visible_characters_that_need_no_escaping_are_an_id_and_a_name() {
        for (String each : GOOD) {
            assertThat(new TokenId(each)).hasToString(each);
            assertThat(TokenId.ifValid(each)).contains(new TokenId(each));
            assertThat(new TokenName(each)).hasToString(each);
            assertThat(TokenName.ifValid(each)).contains(new TokenName(each));
        }
    }

    @Test
    void nothing_else_is_one() {
        for (String each : BAD) {
            assertThat(Refused.faultOf(() -> new TokenId(each))).isEqualTo(new Fault("id", TokenRule.ID_SHAPE));
            assertThat(Refused.faultOf(() -> new TokenName(each))).isEqualTo(new Fault("id", TokenRule.ID_SHAPE));
            assertThat(TokenId.ifValid(each)).isEmpty();
            assertThat(TokenName.ifValid(each)).isEmpty();
        }
    }

    @Test
    void a_name_has_at_most_128_characters_and_an_id_160() {
        assertThat(TokenName.ifValid("a".repeat(128))).isPresent();
        assertThat(TokenName.ifValid("a".repeat(129))).isEmpty();
        assertThat(TokenId.ifValid("a".repeat(160))).isPresent();
        assertThat(TokenId.ifValid("a".repeat(161))).isEmpty();
    }

    @Test
    void letter_case_counts() {
        assertThat(new TokenId("a")).isNotEqualTo(new TokenId("A"));
    }
}
