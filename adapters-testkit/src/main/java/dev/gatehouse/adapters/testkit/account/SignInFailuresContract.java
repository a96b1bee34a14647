package dev.gatehouse.adapters.testkit.account;

import static dev.gatehouse.adapters.testkit.shared.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.account.SignInFailures;
import dev.gatehouse.domain.account.SignInFailures.Count;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.shared.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What all {@link SignInFailures} promise. */
public interface SignInFailuresContract {
    Duration WINDOW = Duration.ofMinutes(5);
    SignInPlace NOWHERE = new SignInPlace("nowhere");

    /** The port under test. */
    SignInFailures signInFailures();

    /** The transactions in which it takes part. */
    Transactions transactions();

    @Test
    default void none_are_counted_for_a_key_that_never_failed() {
        assertThat(countOf(aKey())).isEmpty();
    }

    @Test
    default void failures_within_the_window_add_up() {
        SignInFailures.Key key = aKey();

        signInFailures().add(key, NOW, WINDOW);
        assertThat(countOf(key)).contains(new Count(1, NOW));
        signInFailures().add(key, NOW.plusSeconds(10), WINDOW);
        signInFailures().add(key, NOW.plusSeconds(10), WINDOW);

        assertThat(countOf(key)).contains(new Count(3, NOW.plusSeconds(10)));
    }

    @Test
    default void the_window_begins_anew_with_each_failure() {
        SignInFailures.Key key = aKey();

        for (int i = 0; i < 4; i++) signInFailures().add(key, NOW.plus(Duration.ofMinutes(4L * i)), WINDOW);

        assertThat(countOf(key)).contains(new Count(4, NOW.plus(Duration.ofMinutes(12))));
    }

    @Test
    default void just_before_the_window_ends_the_count_goes_on() {
        SignInFailures.Key key = aKey();
        signInFailures().add(key, NOW, WINDOW);

        Instant later = NOW.plus(WINDOW).minusNanos(1_000);
        signInFailures().add(key, later, WINDOW);

        assertThat(countOf(key)).contains(new Count(2, later));
    }

    @Test
    default void after_a_pause_of_the_window_the_count_begins_again() {
        SignInFailures.Key key = aKey();
        signInFailures().add(key, NOW, WINDOW);
        signInFailures().add(key, NOW, WINDOW);

        signInFailures().add(key, NOW.plus(WINDOW), WINDOW);

        assertThat(countOf(key)).contains(new Count(1, NOW.plus(WINDOW)));
    }

    @Test
    default void name_and_address_are_counted_apart() {
        SignInFailures.Key key = aKey();
        SignInFailures.Key elsewhere = new SignInFailures.Key(key.name(), "192.0.2.9");
        SignInFailures.Key somebodyElse = new SignInFailures.Key(key.name() + "x", key.address());
        SignInFailures.Key otherCase =
                new SignInFailures.Key(key.name().toUpperCase(java.util.Locale.ROOT), key.address());
        signInFailures().add(key, NOW, WINDOW);

        assertThat(countOf(elsewhere)).isEmpty();
        assertThat(countOf(somebodyElse)).isEmpty();
        assertThat(countOf(otherCase)).isEmpty();
    }

    @Test
    default void name_and_address_never_run_together() {
        String name = "k" + Samples.unique();
        signInFailures().add(new SignInFailures.Key(name + "1", "92.0.2.1"), NOW, WINDOW);

        assertThat(countOf(new SignInFailures.Key(name, "192.0.2.1"))).isEmpty();
    }

    @Test
    default void any_name_that_can_be_sent_is_counted() {
        String tail = Samples.unique();
        for (String text : List.of(
                "", " ", "a:b|c,d/e", "Grüße", "e\u0301", "\u00e9", "two\nlines", Samples.wide(32), "o'neill\\"))
            for (String address : List.of("", "2001:db8:ffff:ffff:ffff:ffff:192.168.100.228", "unix " + tail)) {
                SignInFailures.Key key = new SignInFailures.Key(text + (address.contains(tail) ? "" : tail), address);
                signInFailures().add(key, NOW, WINDOW);
                assertThat(countOf(key)).contains(new Count(1, NOW));
            }
    }

    @Test
    default void every_time_comes_back_as_it_went_in() {
        for (Instant moment : Samples.MOMENTS) {
            SignInFailures.Key key = aKey();
            signInFailures().add(key, moment, WINDOW);
            assertThat(countOf(key)).contains(new Count(1, moment));
        }
    }

    @Test
    default void clearing_forgets_this_key_alone() {
        SignInFailures.Key key = aKey();
        SignInFailures.Key other = aKey();
        signInFailures().add(key, NOW, WINDOW);
        signInFailures().add(other, NOW, WINDOW);

        signInFailures().clear(key);

        assertThat(countOf(key)).isEmpty();
        assertThat(countOf(other)).contains(new Count(1, NOW));
    }

    @Test
    default void after_clearing_the_count_begins_at_one() {
        SignInFailures.Key key = aKey();
        signInFailures().add(key, NOW, WINDOW);
        signInFailures().add(key, NOW, WINDOW);
        signInFailures().clear(key);

        signInFailures().add(key, NOW, WINDOW);

        assertThat(countOf(key)).contains(new Count(1, NOW));
    }

    @Test
    default void clearing_what_was_never_counted_is_no_error() {
        SignInFailures.Key key = aKey();

        signInFailures().clear(key);

        assertThat(countOf(key)).isEmpty();
    }

    @Test
    default void none_of_many_failures_at_once_is_lost() {
        SignInFailures.Key key = aKey();

        Race<Boolean> race = Race.of(16, () -> {
            for (int i = 0; i < 5; i++)
                transactions().inTransaction(() -> signInFailures().add(key, NOW, WINDOW));
            return true;
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(countOf(key)).contains(new Count(80, NOW));
    }

    @Test
    default void a_transaction_that_failed_counted_and_forgot_nothing() {
        SignInFailures.Key counted = aKey();
        SignInFailures.Key added = aKey();
        signInFailures().add(counted, NOW, WINDOW);

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    signInFailures().add(added, NOW, WINDOW);
                    assertThat(countOf(added)).isPresent();
                    signInFailures().clear(counted);
                    assertThat(countOf(counted)).isEmpty();
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(countOf(added)).isEmpty();
        assertThat(countOf(counted)).contains(new Count(1, NOW));
    }

    @Test
    default void a_measure_that_was_never_filled_is_absent_and_each_filling_makes_it_drain_later() {
        for (SignInFailures.Pressed of : List.of(aPlace(), aName())) {
            assertThat(drainedAt(of)).isEmpty();

            signInFailures().press(of, Duration.ofSeconds(36), NOW);
            assertThat(drainedAt(of)).contains(NOW.plusSeconds(36));
            signInFailures().press(of, Duration.ofSeconds(36), NOW.plusSeconds(10));
            assertThat(drainedAt(of)).contains(NOW.plusSeconds(72));
            signInFailures().press(of, Duration.ofSeconds(36), NOW.plusSeconds(1_000));
            assertThat(drainedAt(of)).contains(NOW.plusSeconds(1_036));
        }
    }

    @Test
    default void what_is_remembered_is_told_together() {
        SignInFailures.Key key = aKey();
        SignInFailures.Pressed.Place place = aPlace();
        signInFailures().add(key, NOW, WINDOW);
        signInFailures().press(place, Duration.ofSeconds(1), NOW);
        signInFailures().press(new SignInFailures.Pressed.Name(key.name()), Duration.ofSeconds(2), NOW);
        signInFailures().succeeded(key, NOW.minusSeconds(3));

        assertThat(signInFailures().past(key, place.network()))
                .isEqualTo(new SignInFailures.Past(
                        Optional.of(new Count(1, NOW)),
                        Optional.of(NOW.plusSeconds(1)),
                        Optional.of(NOW.plusSeconds(2)),
                        Optional.of(NOW.minusSeconds(3))));
    }

    @Test
    default void places_names_and_keys_never_run_together() {
        String text = "k" + Samples.unique();
        signInFailures().press(new SignInFailures.Pressed.Name(text), WINDOW, NOW);

        assertThat(drainedAt(new SignInFailures.Pressed.Place(new SignInPlace(text))))
                .isEmpty();
        assertThat(countOf(new SignInFailures.Key(text, ""))).isEmpty();
        assertThat(lastSuccess(new SignInFailures.Key(text, ""))).isEmpty();
    }

    @Test
    default void none_of_many_fillings_at_once_is_lost() {
        SignInFailures.Pressed place = aPlace();

        Race<Boolean> race = Race.of(16, () -> {
            for (int i = 0; i < 5; i++)
                transactions().inTransaction(() -> signInFailures().press(place, Duration.ofSeconds(1), NOW));
            return true;
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(drainedAt(place)).contains(NOW.plusSeconds(80));
    }

    @Test
    default void the_last_success_of_a_name_from_a_place_is_remembered_and_never_goes_back() {
        SignInFailures.Key key = aKey();
        assertThat(lastSuccess(key)).isEmpty();

        signInFailures().succeeded(key, NOW);
        signInFailures().succeeded(key, NOW.minusSeconds(5));

        assertThat(lastSuccess(key)).contains(NOW);
        assertThat(lastSuccess(new SignInFailures.Key(key.name(), "192.0.2.99")))
                .isEmpty();
        assertThat(countOf(key)).isEmpty();
    }

    /** CVE-2024-21662: a store that makes room for new names by forgetting old ones lets a guesser go on. */
    @Test
    default void ten_thousand_made_up_names_push_out_no_count_and_are_forgotten_when_they_are_too_old() {
        // Before the times of the other tests, whose rows this must leave alone.
        Instant then = Instant.parse("1640-01-01T00:00:00Z");
        SignInFailures.Key locked = aKey();
        SignInFailures.Pressed place = aPlace();
        for (int i = 0; i < 5; i++) signInFailures().add(locked, then, WINDOW);
        signInFailures().succeeded(locked, then);
        signInFailures().press(place, WINDOW, then);
        String tail = Samples.unique();
        List<SignInFailures.Key> madeUp = IntStream.range(0, 10_000)
                .mapToObj(i -> new SignInFailures.Key(i + tail, "192.0.2.1"))
                .toList();

        transactions()
                .inTransaction(() -> madeUp.forEach(each -> {
                    signInFailures().add(each, then, WINDOW);
                    signInFailures().press(new SignInFailures.Pressed.Name(each.name()), WINDOW, then);
                }));

        assertThat(countOf(locked)).contains(new Count(5, then));
        assertThat(lastSuccess(locked)).contains(then);
        assertThat(drainedAt(place)).contains(then.plus(WINDOW));
        assertThat(someOf(madeUp)).allSatisfy(each -> assertThat(countOf(each)).contains(new Count(1, then)));

        Instant later = then.plus(WINDOW).plusSeconds(1);
        signInFailures().add(locked, later, WINDOW);
        assertThat(signInFailures().purge(later, then)).isGreaterThanOrEqualTo(20_000);

        assertThat(someOf(madeUp)).allSatisfy(each -> {
            assertThat(countOf(each)).isEmpty();
            assertThat(drainedAt(new SignInFailures.Pressed.Name(each.name()))).isEmpty();
        });
        assertThat(countOf(locked)).contains(new Count(1, later));
        assertThat(lastSuccess(locked)).contains(then);
    }

    @Test
    default void filling_by_nothing_makes_nothing_fuller() {
        SignInFailures.Pressed filled = aPlace();
        signInFailures().press(filled, Duration.ofSeconds(36), NOW);

        signInFailures().press(filled, Duration.ZERO, NOW.plusSeconds(1));

        assertThat(drainedAt(filled)).contains(NOW.plusSeconds(36));
    }

    @Test
    default void what_is_too_old_to_matter_is_removed_and_nothing_else() {
        // Before the times of the other tests, whose rows this must leave alone.
        Instant then = Instant.parse("1650-01-01T00:00:00Z");
        SignInFailures.Key old = aKey();
        SignInFailures.Key young = aKey();
        SignInFailures.Pressed drained = aPlace();
        SignInFailures.Pressed full = aName();
        signInFailures().add(old, then.minusSeconds(1), WINDOW);
        signInFailures().add(young, then, WINDOW);
        signInFailures().press(drained, Duration.ofSeconds(9), then.minusSeconds(10));
        signInFailures().press(full, Duration.ofSeconds(10), then.minusSeconds(10));
        signInFailures().succeeded(old, then.minusSeconds(100));
        signInFailures().succeeded(young, then.minusSeconds(99));

        assertThat(signInFailures().purge(then, then.minusSeconds(99))).isGreaterThanOrEqualTo(3);

        assertThat(countOf(old)).isEmpty();
        assertThat(countOf(young)).isPresent();
        assertThat(drainedAt(drained)).isEmpty();
        assertThat(drainedAt(full)).contains(then);
        assertThat(lastSuccess(old)).isEmpty();
        assertThat(lastSuccess(young)).isPresent();
    }

    private Optional<Count> countOf(SignInFailures.Key key) {
        return signInFailures().past(key, NOWHERE).here();
    }

    private Optional<Instant> lastSuccess(SignInFailures.Key key) {
        return signInFailures().past(key, NOWHERE).lastSuccess();
    }

    private Optional<Instant> drainedAt(SignInFailures.Pressed of) {
        return switch (of) {
            case SignInFailures.Pressed.Place(SignInPlace place) ->
                signInFailures().past(new SignInFailures.Key("", ""), place).placeDrainedAt();
            case SignInFailures.Pressed.Name(String name) ->
                signInFailures().past(new SignInFailures.Key(name, ""), NOWHERE).nameDrainedAt();
        };
    }

    private static List<SignInFailures.Key> someOf(List<SignInFailures.Key> many) {
        return IntStream.iterate(0, each -> each < many.size(), each -> each + 97)
                .mapToObj(many::get)
                .toList();
    }

    private static SignInFailures.Pressed.Place aPlace() {
        return new SignInFailures.Pressed.Place(new SignInPlace("place-" + Samples.unique()));
    }

    private static SignInFailures.Pressed aName() {
        return new SignInFailures.Pressed.Name("name-" + Samples.unique());
    }

    private static SignInFailures.Key aKey() {
        return new SignInFailures.Key(
                "k" + Samples.unique().substring(0, 8) + Samples.unique().substring(0, 8), "192.0.2.1");
    }
}
