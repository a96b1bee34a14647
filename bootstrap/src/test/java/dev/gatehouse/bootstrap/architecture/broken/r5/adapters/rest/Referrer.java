package dev.gatehouse.bootstrap.architecture.broken.r5.adapters.rest;

import dev.gatehouse.bootstrap.architecture.broken.r5.application.account.ProperService;
import java.util.function.Supplier;

/** Makes one without saying {@code new}. */
record Referrer() {
    Supplier<Object> maker() {
        return ProperService::new;
    }
}
