package dev.gatehouse.bootstrap.architecture.broken.r10.domain.account;

/** In a package without a mark. */
record Unmarked() {}
