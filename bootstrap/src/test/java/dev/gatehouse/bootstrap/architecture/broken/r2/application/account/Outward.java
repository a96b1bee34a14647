package dev.gatehouse.bootstrap.architecture.broken.r2.application.account;

import dev.gatehouse.bootstrap.architecture.broken.r2.adapters.persistence.Rows;

/** An application type that knows an adapter. */
record Outward(Rows rows) {}
