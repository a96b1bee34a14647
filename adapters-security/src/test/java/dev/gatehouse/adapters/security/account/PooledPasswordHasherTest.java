package dev.gatehouse.adapters.security.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.adapters.security.MasterKey;
import dev.gatehouse.adapters.security.SecuritySettings;
import dev.gatehouse.adapters.testkit.account.PasswordHasherContract;
import dev.gatehouse.domain.account.PasswordForm;
import dev.gatehouse.domain.account.PasswordForms;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.shared.Refusal;
import io.micronaut.context.exceptions.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.crypto.bcrypt.BCrypt;

@Timeout(120)
class PooledPasswordHasherTest implements PasswordHasherContract {
    private static final MasterKey KEY = master(new byte[32]);
    private static final PasswordForm TODAY = new PasswordForm("$argon2id$v=19$m=19456,t=2,p=1");
    private static final PasswordForm BCRYPT = new PasswordForm("$2b$05");

    private final PooledPasswordHasher hasher = new PooledPasswordHasher(KEY, 64);
    private final CountDownLatch held = new CountDownLatch(1);
    private final PooledPasswordHasher oneThreadHeldUp = new PooledPasswordHasher(KEY, 1, 1, heldUp());

    @AfterEach
    void close() throws InterruptedException {
        held.countDown();
        oneThreadHeldUp.close();
        hasher.close();
    }

    @Override
    public PasswordHasher passwordHasher() {
        return hasher;
    }

    @Override
    public PasswordHasher busyPasswordHasher() {
        // One for the thread, one for the queue.
        for (int i = 0; i < 2; i++)
            waiting(() -> {
                try {
                    oneThreadHeldUp.hash(new PlainPassword("waiting"), HERE);
                } catch (Refusal.Unavailable e) {
                    // It gave way to somebody from elsewhere.
                }
            });
        return oneThreadHeldUp;
    }

    @Override
    public void letGoOn() {
        held.countDown();
    }

    @Test
    void who_has_to_leave_the_line_is_told_to_come_back() throws InterruptedException {
        AtomicReference<Throwable> told = new AtomicReference<>();
        AtomicInteger done = new AtomicInteger();
        Runnable stranger = () -> {
            try {
                oneThreadHeldUp.matchNothing(
                        new PlainPassword("x"), "nobody", PasswordForms.NONE, new SignInPlace("198.51.100.66"));
                done.incrementAndGet();
            } catch (Refusal.Unavailable e) {
                told.set(e);
            }
        };
        List<Thread> strangers = List.of(waiting(stranger), waiting(stranger));
        Thread known = waiting(() -> {
            oneThreadHeldUp.matchNothing(new PlainPassword("x"), "nobody", PasswordForms.NONE, HERE);
            done.incrementAndGet();
        });

        held.countDown();
        for (Thread each : strangers) each.join();
        known.join();

        assertThat(told.get()).isInstanceOf(Refusal.Unavailable.class);
        assertThat(done).hasValue(2);
    }

    @Test
    void who_still_waits_when_it_is_closed_is_told_to_come_back() throws InterruptedException {
        AtomicInteger told = new AtomicInteger();
        Thread waiting = waiting(() -> {
            try {
                oneThreadHeldUp.matchNothing(new PlainPassword("x"), "nobody", PasswordForms.NONE, HERE);
            } catch (Refusal.Unavailable e) {
                told.incrementAndGet();
            }
        });
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(oneThreadHeldUp::close);
        waiting.join();

        assertThat(told).hasValue(1);
    }

    private static Thread waiting(Runnable work) {
        Thread thread = Thread.ofVirtual().start(work);
        while (thread.isAlive() && thread.getState() != Thread.State.WAITING) Thread.onSpinWait();
        return thread;
    }

    @Test
    void a_hash_is_argon2id_with_todays_parameters() {
        assertThat(hasher.hash(new PlainPassword("x"), HERE).encoded())
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    }

    @Test
    void hashes_of_the_reference_implementation_match() {
        for (String encoded : List.of(
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc")) {
            assertThat(matches("password", encoded)).isTrue();
            assertThat(matches("Password", encoded)).isFalse();
        }
    }

    @Test
    void a_hash_that_asks_for_too_much_matches_nothing_and_is_not_computed() {
        String salt = "c29tc2FsdHNvbWVzYWx0";
        String hash = "A".repeat(43);
        for (String parameters : List.of(
                "m=65537,t=2,p=1",
                "m=999999,t=2,p=1",
                "m=2147483647,t=1,p=1",
                "m=19456,t=9,p=1",
                "m=19456,t=100,p=1",
                "m=19456,t=2,p=5",
                "m=19456,t=0,p=1",
                "m=19456,t=2,p=0",
                "m=7,t=2,p=1",
                "m=019456,t=2,p=1",
                "m=19456,t=2,p=1,x=1",
                "t=2,m=19456,p=1"))
            assertThat(Argon2id.parse("$argon2id$v=19$" + parameters + "$" + salt + "$" + hash))
                    .as(parameters)
                    .isEmpty();
        assertThat(Argon2id.parse("$argon2id$v=19$m=65536,t=8,p=4$" + salt + "$" + hash))
                .isPresent();
        for (String encoded : List.of(
                "$argon2i$v=19$m=19456,t=2,p=1$" + salt + "$" + hash,
                "$argon2d$v=19$m=19456,t=2,p=1$" + salt + "$" + hash,
                "$argon2id$v=16$m=19456,t=2,p=1$" + salt + "$" + hash,
                "$argon2id$v=19$m=19456,t=2,p=1$" + "A".repeat(87) + "$" + hash,
                "$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + "A".repeat(87),
                "$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + "A".repeat(21),
                "$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + hash + "\n"))
            assertThat(Argon2id.parse(encoded)).as(encoded).isEmpty();
        String tail = "CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        for (String cost : List.of("16", "19", "31", "99", "03", "00"))
            assertThat(Bcrypt.parse("$2a$" + cost + "$" + tail)).as(cost).isEmpty();
        assertThat(Bcrypt.parse("$2a$15$" + tail)).isPresent();
    }

    @Test
    void bcrypt_hashes_of_others_match_in_all_three_forms() {
        for (String form : List.of("$2a$", "$2b$", "$2y$")) {
            assertThat(matches("U*U", form + "05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
                    .isTrue();
            assertThat(matches("U*U*U", form + "05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"))
                    .isTrue();
            assertThat(matches("U*U*", form + "05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
                    .isFalse();
            assertThat(matches("", form + "05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
                    .isFalse();
        }
        for (String form : List.of("$2$", "$2x$", "$1$", "$5$", "$6$"))
            assertThat(matches("U*U", form + "05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
                    .isFalse();
    }

    @Test
    void bcrypt_never_matches_a_password_that_it_would_cut_short() {
        String most = "a".repeat(72);
        String encoded = BCrypt.hashpw(most.getBytes(UTF_8), BCrypt.gensalt("$2b", 4));

        assertThat(matches(most, encoded)).isTrue();
        assertThat(matches(most + "b", encoded)).isFalse();
        assertThat(matches(most.substring(1), encoded)).isFalse();
        // 24 characters of three bytes each fill it, one more is too much.
        String wide = BCrypt.hashpw("€".repeat(24).getBytes(UTF_8), BCrypt.gensalt("$2b", 4));
        assertThat(matches("€".repeat(24), wide)).isTrue();
        assertThat(matches("€".repeat(25), wide)).isFalse();
    }

    @Test
    void when_full_it_says_what_is_full_and_when_to_come_back() {
        assertThatExceptionOfType(Refusal.Unavailable.class)
                .isThrownBy(() ->
                        busyPasswordHasher().matchNothing(new PlainPassword("x"), "nobody", PasswordForms.NONE, HERE))
                .satisfies(refusal -> {
                    assertThat(refusal.part()).isEqualTo("password hashing");
                    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1));
                });
    }

    @Test
    void its_threads_are_its_own_and_keep_no_process_alive() {
        Thread made = PooledPasswordHasher.daemons().newThread(() -> {});

        assertThat(made.isDaemon()).isTrue();
        assertThat(made.isVirtual()).isFalse();
        assertThat(made.getName()).startsWith("password-");
    }

    @Test
    void its_threads_stand_back_behind_all_others() throws InterruptedException {
        AtomicInteger niceness = new AtomicInteger();
        AtomicReference<Thread> thread = new AtomicReference<>();
        PooledPasswordHasher closing = new PooledPasswordHasher(KEY, 1, 1, work -> {
            thread.set(Thread.ofPlatform().daemon().unstarted(() -> {
                work.run();
                niceness.set(LowPriorityTest.niceness());
            }));
            return thread.get();
        });
        closing.hash(new PlainPassword("x"), HERE);

        closing.close();
        thread.get().join();

        assertThat(niceness.get()).isEqualTo(LowPriority.isKnown() ? LowPriority.NICE : 0);
    }

    @Test
    void how_many_may_wait_has_bounds() {
        for (int waiting : List.of(0, -1, 10_001))
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> new PooledPasswordHasher(KEY, waiting))
                    .withMessageContaining("GATEHOUSE_SIGN_INS_WAITING");
    }

    @Test
    void it_uses_all_cores_where_its_threads_stand_back_and_else_leaves_one() {
        long mib = 1024 * 1024;
        assertThat(PooledPasswordHasher.threads(2, 256 * mib, true)).isEqualTo(2);
        assertThat(PooledPasswordHasher.threads(2, 256 * mib, false)).isEqualTo(1);
        assertThat(PooledPasswordHasher.threads(1, 256 * mib, false)).isEqualTo(1);
    }

    @Test
    void its_hashes_together_fill_a_third_of_the_heap_at_most() {
        long mib = 1024 * 1024;
        assertThat(PooledPasswordHasher.threads(64, 256 * mib, true)).isEqualTo(4);
        assertThat(PooledPasswordHasher.threads(64, 4096 * mib, true)).isEqualTo(64);
        assertThat(PooledPasswordHasher.threads(64, 16 * mib, true)).isEqualTo(1);
    }

    @Test
    void what_is_not_argon2id_of_today_is_dated() {
        String tail = "$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        for (String each : List.of(
                "$2a$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2b$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2y$12$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$argon2id$v=19$m=65536,t=2,p=1" + tail,
                "$argon2id$v=19$m=19456,t=1,p=1" + tail,
                "$argon2id$v=19$m=19456,t=2,p=2" + tail))
            assertThat(hasher.isDated(new PasswordHash(each))).as(each).isTrue();
        assertThat(hasher.isDated(new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1" + tail)))
                .isFalse();
    }

    @Test
    void once_closed_it_takes_nothing_and_its_threads_end() throws InterruptedException {
        AtomicReference<Thread> thread = new AtomicReference<>();
        PooledPasswordHasher closing = new PooledPasswordHasher(KEY, 1, 1, work -> {
            thread.set(Thread.ofPlatform().daemon().unstarted(work));
            return thread.get();
        });
        closing.hash(new PlainPassword("x"), HERE);

        closing.close();

        assertThatExceptionOfType(Refusal.Unavailable.class)
                .isThrownBy(() -> closing.hash(new PlainPassword("x"), HERE));
        thread.get().join();
    }

    @Test
    void a_caller_that_is_interrupted_does_not_wait_and_stays_interrupted() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(Refusal.Unavailable.class)
                .isThrownBy(() -> oneThreadHeldUp.hash(new PlainPassword("x"), HERE));

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_name_without_a_hash_is_checked_as_if_it_had_one_of_a_form_that_accounts_have() {
        for (String form : List.of("$2a$04", "$2b$10", "$2y$15", TODAY.text(), "$argon2id$v=19$m=65536,t=3,p=4")) {
            PasswordHash nothing = nothing("nobody", new PasswordForms(Map.of(new PasswordForm(form), 7L)));

            assertThat(nothing.form().text()).isEqualTo(form);
            assertThat(Argon2id.parse(nothing.encoded()).isPresent()
                            || Bcrypt.parse(nothing.encoded()).isPresent())
                    .as("%s is computed", form)
                    .isTrue();
        }
        assertThat(matches("", nothing("nobody", new PasswordForms(Map.of(BCRYPT, 1L)))))
                .isFalse();
    }

    @Test
    void where_no_form_can_be_computed_it_is_that_of_today() {
        assertThat(nothing("nobody", PasswordForms.NONE).form()).isEqualTo(TODAY);
        for (String form : List.of("", "$9z$unknown", "$2b$16", "$2b$", "$argon2id$v=19$m=999999,t=2,p=1"))
            assertThat(nothing("nobody", new PasswordForms(Map.of(new PasswordForm(form), 7L)))
                            .form())
                    .as(form)
                    .isEqualTo(TODAY);
    }

    @Test
    void the_form_is_drawn_by_the_master_key_and_the_name_alike_in_every_process() throws InterruptedException {
        PasswordForms half = new PasswordForms(Map.of(TODAY, 500L, BCRYPT, 500L));
        PooledPasswordHasher beside = new PooledPasswordHasher(KEY, 64);
        PooledPasswordHasher elsewhere =
                new PooledPasswordHasher(master("0123456789abcdef0123456789abcdef".getBytes(UTF_8)), 64);
        int dated = 0;
        int alike = 0;
        for (int i = 0; i < 1_000; i++) {
            PasswordForm form = nothing("name-" + i, half).form();
            assertThat(beside.ofNothing("name-" + i, half).form()).isEqualTo(form);
            if (form.equals(BCRYPT)) dated++;
            if (elsewhere.ofNothing("name-" + i, half).form().equals(form)) alike++;
        }
        beside.close();
        elsewhere.close();

        // Five standard deviations to each side.
        assertThat(dated).isBetween(420, 580);
        assertThat(alike).isBetween(420, 580);
    }

    private PasswordHash nothing(String name, PasswordForms among) {
        return hasher.ofNothing(name, among);
    }

    private boolean matches(String password, PasswordHash hash) {
        return hasher.matches(new PlainPassword(password), hash, HERE);
    }

    private static MasterKey master(byte[] key) {
        return new MasterKey(new SecuritySettings(
                Path.of("nowhere"), Optional.of(Base64.getEncoder().encodeToString(key)), false, "ES256"));
    }

    private boolean matches(String password, String encoded) {
        return hasher.matches(new PlainPassword(password), new PasswordHash(encoded), HERE);
    }

    private ThreadFactory heldUp() {
        return work -> Thread.ofPlatform().daemon().unstarted(() -> {
            try {
                held.await();
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
