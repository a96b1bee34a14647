package dev.gatehouse.bootstrap.architecture.broken.r2.adapters.persistence;

public interface Rows {}
