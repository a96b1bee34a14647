package dev.gatehouse.bootstrap.architecture.broken.r7.domain.account;

public interface Accounts {}
