package dev.gatehouse.bootstrap.architecture.broken.r13.adapters.persistence;

import io.micronaut.http.HttpStatus;

record Web(HttpStatus status) {}
