package dev.gatehouse.adapters.testkit.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.domain.account.PasswordForms;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.shared.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainHasherTest implements PasswordHasherContract {
    private final PlainHasher hasher = new PlainHasher();

    @Override
    public PasswordHasher passwordHasher() {
        return hasher;
    }

    @Override
    public PasswordHasher busyPasswordHasher() {
        PlainHasher busy = new PlainHasher();
        busy.crowdedBy(HERE);
        return busy;
    }

    @Override
    public void letGoOn() {
        // Nothing waits: it hashes in no time, and refuses those from one place.
    }

    @Test
    void when_it_is_busy_it_refuses_everybody() {
        hasher.busy(true);

        assertThatExceptionOfType(Refusal.Unavailable.class)
                .isThrownBy(() -> hasher.matchNothing(
                        new PlainPassword("x"), "nobody", PasswordForms.NONE, new SignInPlace("198.51.100.1")));
    }

    @Test
    void it_counts_what_it_was_asked() {
        PlainPassword password = new PlainPassword("correct horse");
        PasswordHash hash = hasher.hash(password, HERE);
        boolean matched = hasher.matches(password, hash, HERE) && hasher.matches(password, hash, HERE);
        hasher.matchNothing(password, "nobody", new PasswordForms(Map.of(PlainHasher.DATED, 1L)), HERE);

        assertThat(matched).isTrue();
        assertThat(hasher.hashed()).isEqualTo(1);
        assertThat(hasher.matched()).isEqualTo(2);
        assertThat(hasher.matchedNothing()).isEqualTo(1);
        assertThat(hasher.checks(PlainHasher.TODAY)).isEqualTo(2);
        assertThat(hasher.checks(PlainHasher.DATED)).isEqualTo(1);
    }
}
