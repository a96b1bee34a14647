package dev.gatehouse.bootstrap.architecture.broken.r5.application.token;

import dev.gatehouse.bootstrap.architecture.broken.r5.application.account.Asking;

/** Holds a port under another name. */
record Outsider() implements Asking {}
