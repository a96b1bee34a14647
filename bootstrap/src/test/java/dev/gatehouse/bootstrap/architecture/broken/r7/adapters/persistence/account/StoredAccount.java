package dev.gatehouse.bootstrap.architecture.broken.r7.adapters.persistence.account;

import dev.gatehouse.bootstrap.architecture.broken.r7.domain.account.Account;

/** An adapter that extends what is no port. */
final class StoredAccount extends Account {}
