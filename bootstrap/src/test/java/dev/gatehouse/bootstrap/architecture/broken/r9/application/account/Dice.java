package dev.gatehouse.bootstrap.architecture.broken.r9.application.account;

import java.security.SecureRandom;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Takes its chance. */
final class Dice {
    UUID id() {
        return UUID.randomUUID();
    }

    int roll() {
        return new Random().nextInt();
    }

    Supplier<SecureRandom> secure() {
        return SecureRandom::new;
    }

    int local() {
        return ThreadLocalRandom.current().nextInt();
    }

    double fraction() {
        return Math.random();
    }
}
