package dev.gatehouse.bootstrap.architecture.broken.r12.adapters.persistence.account;

/** Public where nobody should see it. */
public record JdbcAccounts() {}
