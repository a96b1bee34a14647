package dev.gatehouse.bootstrap.architecture.broken.r2.application.account;

import io.micronaut.http.HttpStatus;

/** An application type that knows a framework. */
record Framed(HttpStatus status) {}
