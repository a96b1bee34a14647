package dev.gatehouse.bootstrap.architecture.broken.r16.adapters.testkit.account;

/** Promises nothing. */
public interface VagueContract {}
