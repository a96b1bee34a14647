package dev.gatehouse.bootstrap.architecture.broken.r6.domain.account;

import dev.gatehouse.bootstrap.architecture.broken.r6.domain.token.Token;

public record Account(Token token) {}
