package dev.gatehouse.bootstrap.architecture.broken.r4.application.account;

public interface Asking {}
