package dev.gatehouse.bootstrap.architecture.broken.r1.domain.account;

import io.micronaut.http.HttpStatus;

/** A domain type that knows a framework. */
record Framed(HttpStatus status) {}
