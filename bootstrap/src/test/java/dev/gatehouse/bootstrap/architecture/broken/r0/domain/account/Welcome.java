package dev.gatehouse.bootstrap.architecture.broken.r0.domain.account;

/** In its place. */
record Welcome() {}
