package dev.gatehouse.domain.session;

/**
 * Names one session for ever: the {@code jti} of its token.
 *
 * @param value a UUID in lower case
 */
public record SessionId(String value) {}
