package dev.gatehouse.adapters.persistence.audit;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.adapters.persistence.JsonText;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.shared.Origin;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** @param changes a JSON array of {@link Change} */
record AuditRow(
        Instant happenedAt,
        String actorSubject,
        @Nullable String actorTokenId,
        String actorMethod,
        String address,
        String userAgent,
        String requestId,
        String action,
        String targetKind,
        String targetProject,
        String targetName,
        String outcome,
        String reason,
        String changes) {
    static final String COLUMNS = "happened_at, actor_subject, actor_token_id, actor_method, address, user_agent,"
            + " request_id, action, target_kind, target_project, target_name, outcome, reason, changes";

    private static final TypeReference<List<Change>> CHANGES = new TypeReference<>() {};

    /** A change as JSON. */
    record Change(String field, String before, String after) {}

    static AuditRow of(AuditEntry entry) {
        return new AuditRow(
                entry.at(),
                entry.actor().subject(),
                entry.actor().tokenId().orElse(null),
                entry.actor().method(),
                entry.from().address(),
                entry.from().userAgent(),
                entry.from().requestId(),
                entry.action().word(),
                entry.target().kind(),
                entry.target().project(),
                entry.target().name(),
                entry.outcome().word(),
                entry.reason(),
                JsonText.of(entry.changes().stream()
                        .map(each -> new Change(each.field(), each.before(), each.after()))
                        .toList()));
    }

    static AuditRow read(Columns columns) {
        return new AuditRow(
                columns.instant("happened_at"),
                columns.text("actor_subject"),
                columns.textOrNull("actor_token_id"),
                columns.text("actor_method"),
                columns.text("address"),
                columns.text("user_agent"),
                columns.text("request_id"),
                columns.text("action"),
                columns.text("target_kind"),
                columns.text("target_project"),
                columns.text("target_name"),
                columns.text("outcome"),
                columns.text("reason"),
                columns.text("changes"));
    }

    AuditEntry toDomain() {
        return new AuditEntry(
                happenedAt,
                new AuditEntry.Actor(actorSubject, Optional.ofNullable(actorTokenId), actorMethod),
                new Origin(address, userAgent, requestId),
                AuditAction.of(action).orElseThrow(),
                new AuditEntry.Target(targetKind, targetProject, targetName),
                outcomeOf(outcome),
                reason,
                JsonText.read(changes, CHANGES).stream()
                        .map(each -> new AuditEntry.Change(each.field(), each.before(), each.after()))
                        .toList());
    }

    private static AuditEntry.Outcome outcomeOf(String word) {
        return Arrays.stream(AuditEntry.Outcome.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    /** In the order of {@link #COLUMNS}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            happenedAt,
            actorSubject,
            actorTokenId,
            actorMethod,
            address,
            userAgent,
            requestId,
            action,
            targetKind,
            targetProject,
            targetName,
            outcome,
            reason,
            changes
        };
    }
}
