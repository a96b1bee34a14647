package dev.gatehouse.adapters.testkit.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PlainPassword;
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
        busy.busy(true);
        return busy;
    }

    @Test
    void it_counts_what_it_was_asked() {
        PlainPassword password = new PlainPassword("correct horse");
        PasswordHash hash = hasher.hash(password);
        boolean matched = hasher.matches(password, hash) && hasher.matches(password, hash);
        hasher.matchNothing(password);

        assertThat(matched).isTrue();
        assertThat(hasher.hashed()).isEqualTo(1);
        assertThat(hasher.matched()).isEqualTo(2);
        assertThat(hasher.matchedNothing()).isEqualTo(1);
    }
}
