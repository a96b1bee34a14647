package dev.gatehouse.domain.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleNameTest {
    @Test
    void letters_and_digits_with_dashes_and_underscores_between_them_are_a_name() {
        for (String each : List.of("a", "Z", "0", "ci", "CI", "a-b", "a_b", "a-_-b", "a".repeat(128))) {
            assertThat(new RoleName(each)).hasToString(each);
            assertThat(RoleName.ifValid(each)).contains(new RoleName(each));
        }
    }

    @Test
    void nothing_else_is_a_name() {
        for (String each : List.of(
                "", "-", "_", "-a", "a-", "_a", "a_", "a.b", "a b", "a:b", "a/b", "a,b", "é", "a\n", "a".repeat(129))) {
            assertThat(Refused.faultOf(() -> new RoleName(each)))
                    .isEqualTo(new Fault("spec.roles", ProjectRule.ROLE_SHAPE, each));
            assertThat(RoleName.ifValid(each)).isEmpty();
        }
    }
}
