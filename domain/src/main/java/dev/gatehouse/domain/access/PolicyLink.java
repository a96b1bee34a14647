package dev.gatehouse.domain.access;

/**
 * One {@code g} line: the member has what the role has.
 *
 * @param member a subject, a group or a role, literally
 * @param role a role, literally
 */
public record PolicyLink(String member, String role) {}
