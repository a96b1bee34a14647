package dev.gatehouse.bootstrap.architecture.broken.r7.adapters.rest.account;

import dev.gatehouse.bootstrap.architecture.broken.r7.application.account.Asking;

/** An adapter that does a service's work. */
record Answering() implements Asking {}
