package dev.gatehouse.adapters.persistence;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.CrudRepository;

/** Placeholder: shows that the build's processors work. To be deleted with the first real repository. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface BuildProbeRows extends CrudRepository<BuildProbeRow, String> {}
