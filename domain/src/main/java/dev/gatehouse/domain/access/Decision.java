package dev.gatehouse.domain.access;

import java.util.Optional;

/** The answer of a policy. */
public sealed interface Decision {
    /** @param rule what allowed it */
    record Allowed(PolicyRule rule) implements Decision {}

    /** @param rule the deny that forbade it; absent when nothing allowed it */
    record Denied(Optional<PolicyRule> rule) implements Decision {}
}
