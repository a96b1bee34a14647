package dev.gatehouse.bootstrap.architecture.broken.r16.adapters.testkit.account;

import org.junit.jupiter.api.Test;

public interface KeptContract {
    @Test
    default void it_does_what_it_says() {}
}
