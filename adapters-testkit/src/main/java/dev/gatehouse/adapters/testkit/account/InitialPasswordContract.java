package dev.gatehouse.adapters.testkit.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.account.InitialPassword;
import dev.gatehouse.domain.account.PlainPassword;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link InitialPassword} promises. */
public interface InitialPasswordContract {
    /** The port under test. */
    InitialPassword initialPassword();

    /** What the operator finds there, without a line end behind it; absent when nothing is kept. */
    Optional<String> keptPassword();

    @Test
    default void what_is_kept_is_there_for_the_operator() {
        initialPassword().keep(new PlainPassword("tr0ub4dor Grüße \uD83D\uDD11"));

        assertThat(keptPassword()).contains("tr0ub4dor Grüße \uD83D\uDD11");
    }

    @Test
    default void a_later_one_takes_the_place_of_an_earlier_one() {
        initialPassword().keep(new PlainPassword("a first one that is longer"));
        initialPassword().keep(new PlainPassword("second"));

        assertThat(keptPassword()).contains("second");
    }

    @Test
    default void forgetting_removes_it() {
        initialPassword().keep(new PlainPassword("first"));

        initialPassword().forget();

        assertThat(keptPassword()).isEmpty();
    }

    @Test
    default void forgetting_nothing_is_no_error() {
        initialPassword().forget();
        initialPassword().forget();

        assertThat(keptPassword()).isEmpty();
    }

    @Test
    default void after_forgetting_another_can_be_kept() {
        initialPassword().keep(new PlainPassword("first"));
        initialPassword().forget();
        initialPassword().keep(new PlainPassword("second"));

        assertThat(keptPassword()).contains("second");
    }
}
