package dev.gatehouse.adapters.rest.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.annotation.Context;
import java.util.Optional;
import java.util.function.Supplier;

/** What operators see of signing in (Argo CD contract 1.1); there from the start, so that the first failure is one more. */
@Context
final class SignInMeters {
    private final Counter succeeded;
    private final Counter failed;

    SignInMeters(Optional<MeterRegistry> found) {
        MeterRegistry registry = found.orElseGet(SimpleMeterRegistry::new);
        succeeded = counter(registry, "success");
        failed = counter(registry, "failure");
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("gatehouse.sign.ins")
                .description("Sign-ins with a password, by whether they led to a session")
                .tag("result", result)
                .register(registry);
    }

    /** Counts a sign-in; one that ends with an exception failed, whatever the reason. */
    <T> T counting(Supplier<T> signIn) {
        boolean done = false;
        try {
            T reply = signIn.get();
            done = true;
            return reply;
        } finally {
            (done ? succeeded : failed).increment();
        }
    }
}
