package dev.gatehouse.bootstrap.architecture.broken.r6.adapters.persistence.shared;

import dev.gatehouse.bootstrap.architecture.broken.r6.adapters.persistence.project.ProjectRow;

/** Shared, and knows a feature. */
record Row(ProjectRow project) {}
