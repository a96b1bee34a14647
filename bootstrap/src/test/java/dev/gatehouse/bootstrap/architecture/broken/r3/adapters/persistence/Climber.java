package dev.gatehouse.bootstrap.architecture.broken.r3.adapters.persistence;

import dev.gatehouse.bootstrap.architecture.broken.r3.bootstrap.Wiring;

/** An adapter that knows who connects it. */
record Climber(Wiring wiring) {}
