package dev.gatehouse.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordRulesTest {
    private static final String KEY = "\uD83D\uDD11";

    @Test
    void eight_to_256_characters_of_any_script_will_do() {
        for (String each : List.of(
                "12345678",
                "        ",
                "a".repeat(256),
                KEY.repeat(8),
                KEY.repeat(256),
                "пароль ДЛИННЫЙ",
                "\"'\\<>&%|;"))
            assertThatCode(() -> PasswordRules.DEFAULT.check(new PlainPassword(each)))
                    .doesNotThrowAnyException();
    }

    @Test
    void fewer_more_and_control_characters_will_not() {
        for (String each : List.of(
                "",
                "1234567",
                "a".repeat(257),
                KEY.repeat(7),
                KEY.repeat(257),
                "1234567\u0000",
                "12345678\n",
                "\t12345678",
                "12345678\u007f",
                "12345678\u0085"))
            assertThat(Refused.faultOf(() -> PasswordRules.DEFAULT.check(new PlainPassword(each))))
                    .isEqualTo(new Fault("newPassword", AccountRule.PASSWORD_SHAPE, "8", "256"));
    }

    @Test
    void the_fault_does_not_repeat_the_password() {
        assertThat(Refused.faultOf(() -> PasswordRules.DEFAULT.check(new PlainPassword("hush")))
                        .toString())
                .doesNotContain("hush");
    }

    @Test
    void rules_that_nothing_fits_are_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordRules(0, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordRules(9, 8));
    }
}
