package dev.gatehouse.application.token;

import java.util.Optional;

/**
 * What is asked for in a token; nothing of it has been looked at.
 *
 * @param name absent or empty: one is made up
 * @param expiresInSeconds 0: without an end
 */
public record NewToken(Optional<String> name, String description, long expiresInSeconds) {}
