package dev.gatehouse.bootstrap.architecture.broken.r15.application.account;

import org.jspecify.annotations.Nullable;

interface Asking {
    String @Nullable [] ask();
}
