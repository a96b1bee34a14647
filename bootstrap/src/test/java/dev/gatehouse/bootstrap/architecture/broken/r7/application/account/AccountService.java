package dev.gatehouse.bootstrap.architecture.broken.r7.application.account;

import dev.gatehouse.bootstrap.architecture.broken.r7.domain.account.Accounts;

/** A service that does an adapter's work. */
public final class AccountService implements Asking, Accounts {}
