package dev.gatehouse.adapters.persistence;

import dev.gatehouse.adapters.testkit.shared.PlainSealer;
import dev.gatehouse.domain.shared.SecretSealer;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Stands in for the room that seals. */
@Factory
final class TestSealer {
    @Singleton
    SecretSealer sealer() {
        return new PlainSealer();
    }
}
