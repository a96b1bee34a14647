package dev.gatehouse.bootstrap.architecture.broken.r1.domain.account;

import dev.gatehouse.bootstrap.architecture.broken.r1.application.account.Asking;

/** A domain type that knows who asks. */
record Outward(Asking asking) {}
