package dev.gatehouse.bootstrap.architecture.broken.r4.adapters.rest;

import dev.gatehouse.bootstrap.architecture.broken.r4.application.account.Asking;

/** A driving adapter may. */
record Asker(Asking asking) {}
