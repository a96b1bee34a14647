package dev.gatehouse.bootstrap.architecture.broken.r9.adapters.security;

import java.time.Instant;

/** An adapter may. */
record Honest() {
    Instant now() {
        return Instant.now();
    }
}
