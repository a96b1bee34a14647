package dev.gatehouse.application.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.application.World;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.Repeats;
import dev.gatehouse.domain.token.TokenRule;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OncePerKeyTest {
    private static final String KIND = "thing";
    private static final Repetition ASKED = new Repetition("key-1", "print-1");

    private final World world = new World();
    private final Caller caller = world.admin();
    private int made;

    private String make(Caller by, Repetition asked) {
        return world.oncePerKey.make(by, Optional.of(asked), id -> "again " + id, () -> {
            made++;
            world.oncePerKey.remember(by, Optional.of(asked), KIND, "thing-" + made);
            return "thing-" + made;
        });
    }

    @Test
    void a_key_makes_one_thing_and_tells_of_it_from_then_on() {
        assertThat(make(caller, ASKED)).isEqualTo("thing-1");
        assertThat(make(caller, ASKED)).isEqualTo("again thing-1");
        assertThat(make(caller, new Repetition("key-2", "print-1"))).isEqualTo("thing-2");
    }

    @Test
    void a_key_of_one_caller_is_none_of_another() {
        world.account("alice", "login");
        make(caller, ASKED);

        assertThat(make(world.signIn("alice"), ASKED)).isEqualTo("thing-2");
    }

    @Test
    void another_request_with_the_same_key_is_refused() {
        make(caller, ASKED);

        assertThatExceptionOfType(Refusal.Unmet.class)
                .isThrownBy(() -> make(caller, new Repetition("key-1", "print-2")))
                .satisfies(refused -> assertThat(refused.fault().rule()).isEqualTo(TokenRule.KEY_REUSED));
        assertThat(made).isEqualTo(1);
    }

    @Test
    void who_was_second_at_the_same_moment_is_told_what_the_first_one_made() {
        String told = world.oncePerKey.make(caller, Optional.of(ASKED), id -> "again " + id, () -> {
            make(caller, ASKED);
            world.oncePerKey.remember(caller, Optional.of(ASKED), KIND, "thing-of-the-second");
            return "thing-of-the-second";
        });

        assertThat(told).isEqualTo("again thing-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\u00e4", "\t"})
    void a_key_is_1_to_255_visible_ascii_characters(String key) {
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> make(caller, new Repetition(key, "print")));
        assertThatExceptionOfType(Refusal.Invalid.class)
                .isThrownBy(() -> make(caller, new Repetition("k".repeat(256), "print")));
        assertThat(make(caller, new Repetition("k".repeat(255), "print"))).isEqualTo("thing-1");
    }

    @Test
    void keys_are_tidied_up_when_they_mean_nothing_any_more() {
        make(caller, ASKED);
        world.clock.advance(Repeats.REMEMBERED.minus(Duration.ofSeconds(1)));
        world.oncePerKey.tidyUp();
        assertThat(make(caller, ASKED)).isEqualTo("again thing-1");

        world.clock.advance(Duration.ofSeconds(1));
        world.oncePerKey.tidyUp();

        assertThat(world.repeats.forgetUntil(world.clock.instant())).isZero();
        assertThat(make(caller, ASKED)).isEqualTo("thing-2");
    }
}
