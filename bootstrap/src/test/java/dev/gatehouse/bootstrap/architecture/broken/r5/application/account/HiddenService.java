package dev.gatehouse.bootstrap.architecture.broken.r5.application.account;

final class HiddenService implements Asking {}
