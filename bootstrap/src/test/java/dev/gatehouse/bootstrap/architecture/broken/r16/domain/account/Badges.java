package dev.gatehouse.bootstrap.architecture.broken.r16.domain.account;

public interface Badges {}
