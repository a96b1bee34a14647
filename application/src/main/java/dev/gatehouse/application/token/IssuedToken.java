package dev.gatehouse.application.token;

import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.PlainToken;

/**
 * A token that was just given out.
 *
 * @param secret shown this once
 */
public record IssuedToken(ApiToken token, PlainToken secret) {}
