package dev.gatehouse.bootstrap.architecture.broken.r1.application.account;

public interface Asking {}
