package dev.gatehouse.bootstrap.architecture.broken.r6.domain.token;

import dev.gatehouse.bootstrap.architecture.broken.r6.domain.account.Account;

/** Needs what needs it. */
public record Token(Account account) {}
