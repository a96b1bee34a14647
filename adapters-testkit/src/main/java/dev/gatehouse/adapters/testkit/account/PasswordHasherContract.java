package dev.gatehouse.adapters.testkit.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.account.PasswordForm;
import dev.gatehouse.domain.account.PasswordForms;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link PasswordHasher} promises. */
public interface PasswordHasherContract {
    /** Where most of the contract's hashes are asked from. */
    SignInPlace HERE = new SignInPlace("192.0.2.7");

    /** The port under test. */
    PasswordHasher passwordHasher();

    /**
     * The same with as many waiting from {@link #HERE} as it takes, so that the next one from there is refused; none of them
     * is done before {@link #letGoOn}.
     */
    PasswordHasher busyPasswordHasher();

    /** From now on what waits in the busy one is done. */
    void letGoOn();

    @Test
    default void a_hash_matches_the_password_it_was_made_from_and_no_other() {
        PasswordHash hash = passwordHasher().hash(new PlainPassword("correct horse"), HERE);

        assertThat(passwordHasher().matches(new PlainPassword("correct horse"), hash, HERE))
                .isTrue();
        for (String other :
                List.of("", "correct", "correct horse ", " correct horse", "Correct horse", "correct hors\u0435"))
            assertThat(passwordHasher().matches(new PlainPassword(other), hash, HERE))
                    .as(other)
                    .isFalse();
    }

    @Test
    default void each_hash_has_a_salt_of_its_own() {
        PlainPassword password = new PlainPassword("correct horse");

        PasswordHash first = passwordHasher().hash(password, HERE);
        PasswordHash second = passwordHasher().hash(password, HERE);

        assertThat(first.encoded()).isNotEqualTo(second.encoded());
        assertThat(passwordHasher().matches(password, first, HERE)).isTrue();
        assertThat(passwordHasher().matches(password, second, HERE)).isTrue();
    }

    @Test
    default void a_hash_shows_nothing_of_the_password() {
        assertThat(passwordHasher()
                        .hash(new PlainPassword("correct-horse"), HERE)
                        .encoded())
                .matches("[!-~]+")
                .doesNotContain("correct-horse");
    }

    @Test
    default void every_character_of_a_long_password_counts() {
        for (String start : List.of("a".repeat(72), "a".repeat(255), "ü".repeat(128), Samples.wide(255))) {
            PasswordHash hash = passwordHasher().hash(new PlainPassword(start + "b"), HERE);

            assertThat(passwordHasher().matches(new PlainPassword(start + "b"), hash, HERE))
                    .isTrue();
            assertThat(passwordHasher().matches(new PlainPassword(start + "c"), hash, HERE))
                    .isFalse();
            assertThat(passwordHasher().matches(new PlainPassword(start), hash, HERE))
                    .isFalse();
        }
    }

    @Test
    default void a_zero_character_ends_no_password() {
        PasswordHash hash = passwordHasher().hash(new PlainPassword("correct"), HERE);

        assertThat(passwordHasher().matches(new PlainPassword("correct\u0000horse"), hash, HERE))
                .isFalse();
    }

    @Test
    default void a_hash_of_no_known_form_matches_nothing() {
        for (String encoded : List.of(
                "",
                " ",
                "correct horse",
                "$",
                "$$$$",
                "$9z$unknown",
                "$argon2id$",
                "$argon2id$v=19$m=19456,t=2,p=1$$",
                "$argon2id$v=19$m=19456,t=2,p=1$!!!$!!!",
                "$argon2id$v=19$m=999999999,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=-1,t=0,p=0$c2FsdHNhbHRzYWx0c2FsdA$AAAA",
                "$2b$",
                "$2b$99$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$2b$10$short",
                "\uD83D\uDD11"))
            for (String password : List.of("correct horse", ""))
                assertThat(passwordHasher().matches(new PlainPassword(password), new PasswordHash(encoded), HERE))
                        .as(encoded)
                        .isFalse();
    }

    @Test
    default void a_known_hash_cut_short_matches_nothing() {
        PlainPassword password = new PlainPassword("correct horse");
        String encoded = passwordHasher().hash(password, HERE).encoded();

        for (int length : List.of(encoded.length() - 1, encoded.length() / 2, 10, 1))
            assertThat(passwordHasher().matches(password, new PasswordHash(encoded.substring(0, length)), HERE))
                    .isFalse();
    }

    @Test
    default void a_new_hash_is_not_dated_and_one_of_no_known_form_is() {
        assertThat(passwordHasher().isDated(passwordHasher().hash(new PlainPassword("correct horse"), HERE)))
                .isFalse();
        assertThat(passwordHasher().isDated(new PasswordHash("$9z$unknown"))).isTrue();
    }

    @Test
    default void one_character_sent_in_two_ways_is_one_password() {
        PasswordHash hash = passwordHasher().hash(new PlainPassword("caf\u00e9 au lait"), HERE);

        assertThat(passwordHasher().matches(new PlainPassword("cafe\u0301 au lait"), hash, HERE))
                .isTrue();
        assertThat(passwordHasher().matches(new PlainPassword("cafe au lait"), hash, HERE))
                .isFalse();
    }

    @Test
    default void matching_nothing_ends_and_tells_nothing() {
        PasswordForm today =
                passwordHasher().hash(new PlainPassword("correct horse"), HERE).form();
        for (PasswordForms among : List.of(
                PasswordForms.NONE,
                new PasswordForms(Map.of(today, 3L)),
                new PasswordForms(Map.of(new PasswordForm("$9z$unknown"), 3L)),
                new PasswordForms(Map.of(new PasswordForm(""), 1L, new PasswordForm("$2b$99"), 1L)),
                new PasswordForms(Map.of(today, 2L, new PasswordForm("$2b$04"), 1L))))
            for (String name : List.of("", "nobody", "no/such:name", Samples.wide(32)))
                for (String password : List.of("", "correct horse"))
                    assertThatCode(() -> passwordHasher().matchNothing(new PlainPassword(password), name, among, HERE))
                            .doesNotThrowAnyException();
    }

    @Test
    default void threads_that_ask_together_get_their_own_answers() {
        PasswordHash hash = passwordHasher().hash(new PlainPassword("correct horse"), HERE);

        Race<Boolean> race = Race.between(List.of(
                () -> passwordHasher().matches(new PlainPassword("correct horse"), hash, HERE),
                () -> passwordHasher().matches(new PlainPassword("wrong"), hash, HERE),
                () -> passwordHasher().matches(new PlainPassword("correct horse"), hash, HERE),
                () -> passwordHasher().matches(new PlainPassword("wrong"), hash, HERE)));

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsExactly(true, false, true, false);
    }

    @Test
    default void too_many_waiting_is_unavailable() {
        PasswordHash hash = passwordHasher().hash(new PlainPassword("correct horse"), HERE);
        PasswordHasher busy = busyPasswordHasher();
        for (ThrowingCallable each : List.<ThrowingCallable>of(
                () -> busy.hash(new PlainPassword("correct horse"), HERE),
                () -> busy.matches(new PlainPassword("correct horse"), hash, HERE),
                () -> busy.matchNothing(new PlainPassword("correct horse"), "nobody", PasswordForms.NONE, HERE)))
            assertThatExceptionOfType(Refusal.Unavailable.class).isThrownBy(each);
    }

    @Test
    default void one_place_that_takes_all_the_room_keeps_no_other_out() throws InterruptedException {
        PasswordHasher busy = busyPasswordHasher();
        AtomicReference<RuntimeException> refused = new AtomicReference<>();
        Thread elsewhere = Thread.ofVirtual().start(() -> {
            try {
                busy.matchNothing(
                        new PlainPassword("correct horse"),
                        "nobody",
                        PasswordForms.NONE,
                        new SignInPlace("2001:db8:0:0:0:0:0:0/64"));
            } catch (RuntimeException e) {
                refused.set(e);
            }
        });
        while (elsewhere.isAlive() && elsewhere.getState() != Thread.State.WAITING) Thread.onSpinWait();

        letGoOn();
        elsewhere.join();

        assertThat(refused).hasNullValue();
    }
}
