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
                "12345678\u0085",
                "1234567\uD83D"))
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
    void a_password_of_names_digits_and_signs_alone_will_not() {
        for (String each : List.of(
                "alice123",
                "ALICE-2026!",
                "alicealice",
                "gatehouse",
                "GateHouse1",
                "argocd-admin",
                "admin:alice",
                "password1",
                "12345alice"))
            assertThat(Refused.faultOf(() -> PasswordRules.DEFAULT.check(new PlainPassword(each), "alice")))
                    .as(each)
                    .isEqualTo(new Fault("newPassword", AccountRule.PASSWORD_OF_NAMES));
    }

    @Test
    void a_name_within_something_else_will_do_and_so_will_no_name_at_all() {
        for (String each : List.of("alice-Passw0rd", "malice in wonderland", "83645192", "!!!!!!!!", "ab12ab12"))
            assertThatCode(() -> PasswordRules.DEFAULT.check(new PlainPassword(each), "alice"))
                    .as(each)
                    .doesNotThrowAnyException();
        assertThatCode(() -> PasswordRules.DEFAULT.check(new PlainPassword("ab12ab12"), "ab"))
                .as("a name of two letters stands in many words")
                .doesNotThrowAnyException();
    }

    @Test
    void a_character_sent_in_two_parts_is_one() {
        assertThat(new PlainPassword("e\u0301").reveal()).isEqualTo("\u00e9");
        assertThat(Refused.faultOf(() -> PasswordRules.DEFAULT.check(new PlainPassword("e\u0301".repeat(7))))
                        .rule())
                .isEqualTo(AccountRule.PASSWORD_SHAPE);
        assertThat(new PlainPassword("\ufb01 \u2460\u00a0X").reveal())
                .as("what only looks alike stays as it is")
                .isEqualTo("\ufb01 \u2460\u00a0X");
    }

    @Test
    void rules_that_nothing_fits_are_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordRules(0, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new PasswordRules(9, 8));
    }
}
