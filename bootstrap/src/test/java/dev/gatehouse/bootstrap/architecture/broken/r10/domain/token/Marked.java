package dev.gatehouse.bootstrap.architecture.broken.r10.domain.token;

/** In a package with one. */
record Marked() {}
