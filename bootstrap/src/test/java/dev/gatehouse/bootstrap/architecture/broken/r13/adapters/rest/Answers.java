package dev.gatehouse.bootstrap.architecture.broken.r13.adapters.rest;

import io.micronaut.http.HttpStatus;

/** In its room. */
record Answers(HttpStatus status) {}
