package dev.gatehouse.application.access;

import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.AccessRule;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.access.Policy;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;

/** Lets no document in force that could not answer. */
public final class PolicyService implements ManagingPolicy {
    private final Authorizing authorizing;
    private final Policies policies;
    private final AccessChanges changes;
    private final Acts acts;

    public PolicyService(Authorizing authorizing, Policies policies, AccessChanges changes, Acts acts) {
        this.authorizing = authorizing;
        this.policies = policies;
        this.changes = changes;
        this.acts = acts;
    }

    @Override
    public PolicyDocument read(Caller caller) {
        authorizing.require(caller, new AccessQuestion("policies", "get", "*"));
        return policies.current();
    }

    @Override
    public PolicyDocument replace(Caller caller, Draft draft) {
        authorizing.require(caller, new AccessQuestion("policies", "update", "*"));
        return acts.perform(
                caller,
                AuditAction.POLICY_CHANGED,
                new Target(PolicyDocument.KIND, "global"),
                () -> {
                    int version = draft.version().orElseThrow(() -> new Refusal.Unmet(AccessRule.VERSION_REQUIRED));
                    MatchMode mode = MatchMode.of(draft.matchMode())
                            .orElseThrow(
                                    () -> new Refusal.Invalid("matchMode", AccessRule.MATCH_MODE, draft.matchMode()));
                    if (draft.scopes().stream().anyMatch(String::isBlank))
                        throw new Refusal.Invalid("scopes", AccessRule.SCOPES);
                    PolicyDocument document = new PolicyDocument(
                            draft.csv(), draft.extra(), draft.defaultRole(), draft.scopes(), mode, version);
                    Policy.of(document);
                    PolicyDocument stored = policies.update(document);
                    changes.count();
                    return stored;
                },
                stored -> List.of(new Change(
                        "resourceVersion",
                        Integer.toString(stored.version() - 1),
                        Integer.toString(stored.version()))));
    }
}
