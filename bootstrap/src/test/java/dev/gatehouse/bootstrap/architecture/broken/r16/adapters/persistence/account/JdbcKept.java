package dev.gatehouse.bootstrap.architecture.broken.r16.adapters.persistence.account;

import dev.gatehouse.bootstrap.architecture.broken.r16.domain.account.Kept;

record JdbcKept() implements Kept {}
