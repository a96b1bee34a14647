package dev.gatehouse.domain.shared;

/**
 * A named rule that input can break. Each feature lists its own in an enum; the adapters hold the sentences, so that no
 * sentence lives in the domain.
 */
public interface Rule {
    /** The name of the rule, as an enum constant has it. */
    String name();
}
