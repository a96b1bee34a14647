package dev.gatehouse.bootstrap.architecture.broken.r14.domain.account;

public final class Nested {
    /** So may they this. */
    static class Inner {}
}
