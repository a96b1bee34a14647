package dev.gatehouse.domain.account;

/**
 * Tells an account from an earlier one of the same name, so that nothing given to the earlier one serves the later.
 *
 * @param value a UUID in lower case
 */
public record AccountId(String value) {}
