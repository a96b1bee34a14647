package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.domain.account.InitialPassword;
import java.util.Optional;

class InMemoryInitialPasswordTest implements InitialPasswordContract {
    private final InMemoryInitialPassword password = new InMemoryInitialPassword();

    @Override
    public InitialPassword initialPassword() {
        return password;
    }

    @Override
    public Optional<String> keptPassword() {
        return password.kept();
    }
}
