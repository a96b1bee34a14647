package dev.gatehouse.bootstrap.architecture.broken.r3.bootstrap;

public final class Wiring {}
