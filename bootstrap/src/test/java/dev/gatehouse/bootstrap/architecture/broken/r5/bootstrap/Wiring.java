package dev.gatehouse.bootstrap.architecture.broken.r5.bootstrap;

import dev.gatehouse.bootstrap.architecture.broken.r5.application.account.Asking;
import dev.gatehouse.bootstrap.architecture.broken.r5.application.account.ProperService;

/** The one place where it may be done. */
record Wiring() {
    Asking make() {
        return new ProperService();
    }
}
