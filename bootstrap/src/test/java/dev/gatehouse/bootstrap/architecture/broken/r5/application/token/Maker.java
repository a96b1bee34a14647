package dev.gatehouse.bootstrap.architecture.broken.r5.application.token;

import dev.gatehouse.bootstrap.architecture.broken.r5.application.account.Asking;
import dev.gatehouse.bootstrap.architecture.broken.r5.application.account.ProperService;

/** Makes a service where none is made. */
record Maker() {
    Asking make() {
        return new ProperService();
    }
}
