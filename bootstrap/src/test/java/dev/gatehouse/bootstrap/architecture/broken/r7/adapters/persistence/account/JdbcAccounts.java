package dev.gatehouse.bootstrap.architecture.broken.r7.adapters.persistence.account;

import dev.gatehouse.bootstrap.architecture.broken.r7.domain.account.Accounts;

/** As it should be. */
record JdbcAccounts() implements Accounts {}
