package dev.gatehouse.bootstrap.architecture.broken.r5.application.token;

import dev.gatehouse.bootstrap.architecture.broken.r5.application.account.Asking;

public final class PortlessService implements Asking {}
