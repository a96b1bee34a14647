package dev.gatehouse.bootstrap.architecture.broken.r7.domain.account;

/** Something of the domain that is no interface. */
public class Account {}
