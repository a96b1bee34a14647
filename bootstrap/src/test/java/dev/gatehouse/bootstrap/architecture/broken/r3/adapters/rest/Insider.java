package dev.gatehouse.bootstrap.architecture.broken.r3.adapters.rest;

import dev.gatehouse.bootstrap.architecture.broken.r3.application.account.AccountService;

/** An adapter that knows who stands behind a port. */
record Insider(AccountService service) {}
