package dev.gatehouse.bootstrap.architecture.broken.r6.domain.shared;

/** One of too many. */
record Drawer() {}

record Second() {}

record Third() {}

record Fourth() {}

record Fifth() {}

record Sixth() {}

record Seventh() {}

record Eighth() {}

record Ninth() {}

record Tenth() {}

record Eleventh() {}
