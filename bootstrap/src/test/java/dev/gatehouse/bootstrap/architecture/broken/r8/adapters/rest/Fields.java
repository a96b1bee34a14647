package dev.gatehouse.bootstrap.architecture.broken.r8.adapters.rest;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Inject;

/** Abstract, so that nothing makes one. */
abstract class Fields {
    @Inject
    Runnable injected = () -> {};

    @Value("${some.setting}")
    String setting = "";
}
