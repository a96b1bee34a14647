package dev.gatehouse.bootstrap.architecture.broken.r13.domain.account;

import java.sql.SQLException;

record Sql(SQLException fault) {}
