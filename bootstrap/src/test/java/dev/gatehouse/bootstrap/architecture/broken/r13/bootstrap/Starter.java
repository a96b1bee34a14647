package dev.gatehouse.bootstrap.architecture.broken.r13.bootstrap;

import io.micronaut.http.server.HttpServerConfiguration;

/** May start the server. */
record Starter(HttpServerConfiguration configuration) {}
