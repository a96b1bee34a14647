package dev.gatehouse.domain.access;

/**
 * A rule where it stands.
 *
 * @param order among all rules of the policy
 * @param subject the number of its subject among the names of its origin
 */
record Line(PolicyRule rule, int order, int subject) {}
