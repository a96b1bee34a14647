package dev.gatehouse.bootstrap.architecture.broken.r14.domain.account;

/** Nobody may extend these. */
public abstract sealed class Closed {
    static final class Only extends Closed {}

    record Value() {}

    enum Choice {
        ONE {}
    }

    interface Port {}
}
