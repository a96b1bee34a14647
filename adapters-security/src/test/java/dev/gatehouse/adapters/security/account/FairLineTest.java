package dev.gatehouse.adapters.security.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.account.SignInPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairLineTest {
    private static final SignInPlace A = new SignInPlace("192.0.2.1");
    private static final SignInPlace B = new SignInPlace("192.0.2.2");
    private static final SignInPlace C = new SignInPlace("192.0.2.3");

    private final FairLine<String> line = new FairLine<>(4);

    @Test
    void those_of_one_place_come_in_the_order_they_came() {
        for (String each : List.of("a1", "a2", "a3")) line.enter(A, each);

        assertThat(turns()).containsExactly("a1", "a2", "a3");
    }

    @Test
    void places_take_turns_however_many_wait_from_each() {
        for (String each : List.of("a1", "a2", "a3")) line.enter(A, each);
        line.enter(B, "b1");

        assertThat(turns()).containsExactly("a1", "b1", "a2", "a3");
    }

    @Test
    void one_place_alone_has_all_the_room_and_its_next_one_leaves() {
        for (String each : List.of("a1", "a2", "a3", "a4"))
            assertThat(line.enter(A, each)).isEmpty();

        assertThat(line.enter(A, "a5")).contains("a5");
        assertThat(turns()).containsExactly("a1", "a2", "a3", "a4");
    }

    @Test
    void when_it_is_full_the_last_of_the_place_with_the_most_makes_room_for_others() {
        for (String each : List.of("a1", "a2", "a3", "a4")) line.enter(A, each);

        assertThat(line.enter(B, "b1")).contains("a4");
        assertThat(line.enter(C, "c1")).contains("a3");
        assertThat(turns()).containsExactly("a1", "b1", "c1", "a2");
    }

    @Test
    void nobody_takes_more_than_an_equal_share_from_another() {
        for (String each : List.of("a1", "a2", "a3", "a4")) line.enter(A, each);
        line.enter(B, "b1");
        line.enter(B, "b2");

        assertThat(line.enter(B, "b3")).contains("b3");
        assertThat(line.enter(A, "a5")).contains("a5");
        assertThat(line.enter(C, "c1")).isPresent().get().isIn("a2", "b2");
        assertThat(line.enter(C, "c2")).contains("c2");
    }

    @Test
    void who_has_a_turn_takes_room_until_it_is_over_and_gives_it_up_to_nobody() {
        for (String each : List.of("a1", "a2", "a3", "a4")) line.enter(A, each);
        for (int i = 0; i < 4; i++) line.next();

        assertThat(line.enter(B, "b1")).contains("b1");
        line.leave();
        assertThat(line.enter(B, "b2")).isEmpty();
        assertThat(turns()).containsExactly("b2");
    }

    @Test
    void everybody_can_be_sent_away() {
        line.enter(A, "a1");
        line.enter(B, "b1");

        assertThat(line.empty()).containsExactlyInAnyOrder("a1", "b1");
        assertThat(line.next()).isEmpty();
        for (String each : List.of("a2", "a3", "a4", "a5"))
            assertThat(line.enter(A, each)).isEmpty();
    }

    private List<String> turns() {
        List<String> all = new ArrayList<>();
        for (Optional<String> each = line.next(); each.isPresent(); each = line.next()) all.add(each.get());
        return all;
    }
}
