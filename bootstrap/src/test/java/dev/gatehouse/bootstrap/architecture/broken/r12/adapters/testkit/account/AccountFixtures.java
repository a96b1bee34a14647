package dev.gatehouse.bootstrap.architecture.broken.r12.adapters.testkit.account;

/** For everybody. */
public record AccountFixtures() {}
