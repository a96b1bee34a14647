package dev.gatehouse.bootstrap.architecture.broken.r12.adapters.persistence;

/** In the root package. */
public record Database() {}
