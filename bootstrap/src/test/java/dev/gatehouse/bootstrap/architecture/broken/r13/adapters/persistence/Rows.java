package dev.gatehouse.bootstrap.architecture.broken.r13.adapters.persistence;

import java.sql.SQLException;

/** In its room. */
record Rows(SQLException fault) {}
