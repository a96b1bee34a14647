package dev.gatehouse.bootstrap.architecture.broken.r0.attic;

/** In a room nobody named. */
record Forgotten() {}
