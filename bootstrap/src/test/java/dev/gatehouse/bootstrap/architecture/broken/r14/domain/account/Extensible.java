package dev.gatehouse.bootstrap.architecture.broken.r14.domain.account;

/** Anybody may extend it. */
public class Extensible {}
