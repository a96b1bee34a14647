package dev.gatehouse.bootstrap.architecture.broken.r16.domain.account;

/** A sealed hierarchy is no port. */
public sealed interface Answer {
    record Yes() implements Answer {}
}
