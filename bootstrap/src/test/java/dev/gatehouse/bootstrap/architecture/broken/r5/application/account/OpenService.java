package dev.gatehouse.bootstrap.architecture.broken.r5.application.account;

public class OpenService implements Asking {}
