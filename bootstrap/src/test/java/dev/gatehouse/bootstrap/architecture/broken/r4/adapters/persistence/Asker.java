package dev.gatehouse.bootstrap.architecture.broken.r4.adapters.persistence;

import dev.gatehouse.bootstrap.architecture.broken.r4.application.account.Asking;

/** A driven adapter may not. */
record Asker(Asking asking) {}
