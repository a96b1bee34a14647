package dev.gatehouse.bootstrap.architecture.broken.r5.application.account;

public final class ProperService implements Asking {}
