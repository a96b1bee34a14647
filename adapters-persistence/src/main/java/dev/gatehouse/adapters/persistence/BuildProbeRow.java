package dev.gatehouse.adapters.persistence;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** Placeholder: shows that the build's processors work. To be deleted with the first real row. */
@MappedEntity("build_probe")
record BuildProbeRow(@Id String id, Instant madeAt) {}
