package dev.gatehouse.domain.project;

/**
 * Tells a project from an earlier one of the same name, so that no token of the earlier one serves in the later.
 *
 * @param value a UUID in lower case
 */
public record ProjectId(String value) {}
