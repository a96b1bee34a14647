package dev.gatehouse.bootstrap.architecture.broken.r13.adapters.rest;

import javax.sql.DataSource;

record Pool(DataSource source) {}
