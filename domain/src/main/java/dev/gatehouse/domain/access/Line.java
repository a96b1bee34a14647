package dev.gatehouse.domain.access;

/**
 * A rule where it stands.
 *
 * @param order among all rules of the policy
 */
record Line(PolicyRule rule, int order) {}
