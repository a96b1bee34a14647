package dev.gatehouse.bootstrap.architecture.broken.r3.adapters.persistence;

public interface Rows {}
