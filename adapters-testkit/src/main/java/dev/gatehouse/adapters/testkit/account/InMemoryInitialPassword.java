package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.domain.account.InitialPassword;
import dev.gatehouse.domain.account.PlainPassword;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The first administrator's password in memory. */
public final class InMemoryInitialPassword implements InitialPassword {
    private final AtomicReference<Optional<PlainPassword>> kept = new AtomicReference<>(Optional.empty());

    @Override
    public void keep(PlainPassword password) {
        kept.set(Optional.of(password));
    }

    @Override
    public void forget() {
        kept.set(Optional.empty());
    }

    /** What is kept; absent when nothing is. */
    public Optional<String> kept() {
        return kept.get().map(PlainPassword::reveal);
    }
}
