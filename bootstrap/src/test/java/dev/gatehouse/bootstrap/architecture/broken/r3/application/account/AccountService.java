package dev.gatehouse.bootstrap.architecture.broken.r3.application.account;

public final class AccountService {}
