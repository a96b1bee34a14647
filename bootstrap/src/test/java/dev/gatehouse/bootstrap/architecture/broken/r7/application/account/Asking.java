package dev.gatehouse.bootstrap.architecture.broken.r7.application.account;

public interface Asking {}
