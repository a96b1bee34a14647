package dev.gatehouse.bootstrap.architecture.broken.r8.bootstrap;

import jakarta.inject.Inject;

/** Abstract, so that nothing makes one. */
abstract class Setters {
    @Inject
    abstract void use(Runnable injected);
}
