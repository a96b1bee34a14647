package dev.gatehouse.adapters.testkit.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.account.KnownPasswords;
import dev.gatehouse.domain.account.PlainPassword;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all {@link KnownPasswords} promise. */
public interface KnownPasswordsContract {
    /** The port under test. */
    KnownPasswords knownPasswords();

    @Test
    default void what_everybody_tries_first_is_held() {
        for (String each : List.of("password", "12345678", "123456789", "qwertyuiop", "iloveyou", "trustno1"))
            assertThat(knownPasswords().holds(new PlainPassword(each))).as(each).isTrue();
    }

    @Test
    default void letter_case_makes_it_no_better() {
        for (String each : List.of("Password", "PASSWORD", "QwertyUiop"))
            assertThat(knownPasswords().holds(new PlainPassword(each))).as(each).isTrue();
    }

    @Test
    default void what_nobody_else_would_think_of_is_not_held() {
        for (String each : List.of("", "correct horse battery", "password password password 7", "\uD83D\uDD11"))
            assertThat(knownPasswords().holds(new PlainPassword(each))).as(each).isFalse();
    }
}
