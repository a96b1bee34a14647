package dev.gatehouse.bootstrap.architecture.broken.r13.bootstrap;

import io.micronaut.http.HttpStatus;

record Web(HttpStatus status) {}
