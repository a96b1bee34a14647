package dev.gatehouse.bootstrap.architecture.broken.r6.adapters.persistence.project;

public record ProjectRow() {}
