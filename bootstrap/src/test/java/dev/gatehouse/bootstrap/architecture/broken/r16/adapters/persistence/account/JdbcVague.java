package dev.gatehouse.bootstrap.architecture.broken.r16.adapters.persistence.account;

import dev.gatehouse.bootstrap.architecture.broken.r16.domain.account.Vague;

record JdbcVague() implements Vague {}
