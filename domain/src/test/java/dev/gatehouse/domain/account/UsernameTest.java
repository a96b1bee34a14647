package dev.gatehouse.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsernameTest {
    @Test
    void letters_and_digits_with_dashes_and_underscores_between_them_are_a_name() {
        for (String each : List.of("a", "Z", "0", "alice", "Alice", "a-b", "a_b", "a--__b", "a".repeat(32), "007")) {
            assertThat(new Username(each)).hasToString(each);
            assertThat(Username.ifValid(each)).contains(new Username(each));
        }
    }

    @Test
    void nothing_else_is_a_name() {
        for (String each : List.of(
                "",
                " ",
                "-",
                "_",
                "-a",
                "a-",
                "_a",
                "a_",
                "a".repeat(33),
                "a b",
                "a.b",
                "a@b",
                "a:b",
                "a/b",
                "a,b",
                "a\n",
                "\na",
                "a\u0000",
                "é",
                "\u0430",
                "role:admin",
                "proj:a:b",
                "alice:apiKey",
                "..",
                "a%41")) {
            assertThat(Refused.faultOf(() -> new Username(each)))
                    .isEqualTo(new Fault("name", AccountRule.NAME_SHAPE, each));
            assertThat(Username.ifValid(each)).isEmpty();
        }
    }

    @Test
    void a_word_that_the_api_uses_in_the_same_place_is_no_name() {
        for (String each : List.of("password", "can-i")) {
            assertThat(Refused.faultOf(() -> new Username(each)))
                    .isEqualTo(new Fault("name", AccountRule.NAME_RESERVED, each));
            assertThat(Username.ifValid(each)).isEmpty();
        }
        assertThat(Username.ifValid("Password")).isPresent();
    }

    @Test
    void letter_case_counts() {
        assertThat(new Username("alice")).isNotEqualTo(new Username("Alice"));
    }
}
