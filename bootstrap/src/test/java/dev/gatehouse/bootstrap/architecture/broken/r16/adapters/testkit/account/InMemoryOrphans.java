package dev.gatehouse.bootstrap.architecture.broken.r16.adapters.testkit.account;

import dev.gatehouse.bootstrap.architecture.broken.r16.domain.account.Orphans;

/** The only one there is. */
record InMemoryOrphans() implements Orphans {}
