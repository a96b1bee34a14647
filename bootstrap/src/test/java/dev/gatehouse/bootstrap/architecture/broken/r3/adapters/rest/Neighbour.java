package dev.gatehouse.bootstrap.architecture.broken.r3.adapters.rest;

import dev.gatehouse.bootstrap.architecture.broken.r3.adapters.persistence.Rows;

/** An adapter that knows another. */
record Neighbour(Rows rows) {}
