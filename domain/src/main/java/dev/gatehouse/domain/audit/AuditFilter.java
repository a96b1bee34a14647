package dev.gatehouse.domain.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries are wanted; an absent member wants all.
 *
 * @param from at this instant or later
 * @param to before this instant
 * @param actor exactly this subject
 * @param actions one of these; none at all wants all
 * @param target exactly this name
 * @param project exactly this project
 */
public record AuditFilter(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> actor,
        Set<AuditAction> actions,
        Optional<String> target,
        Optional<AuditEntry.Outcome> outcome,
        Optional<String> project) {
    public static final AuditFilter ALL = new AuditFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public AuditFilter {
        actions = Set.copyOf(actions);
    }

    /** Whether this entry is wanted. */
    public boolean wants(AuditEntry entry) {
        return from.map(each -> !entry.at().isBefore(each)).orElse(true)
                && to.map(each -> entry.at().isBefore(each)).orElse(true)
                && actor.map(each -> entry.actor().subject().equals(each)).orElse(true)
                && (actions.isEmpty() || actions.contains(entry.action()))
                && target.map(each -> entry.target().name().equals(each)).orElse(true)
                && outcome.map(each -> entry.outcome() == each).orElse(true)
                && project.map(each -> entry.target().project().equals(each)).orElse(true);
    }
}
