package dev.gatehouse.application.access;

import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
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
    private static final AccessQuestion READING = new AccessQuestion("policies", "get", "*");
    private static final AccessQuestion REPLACING = new AccessQuestion("policies", "update", "*");

    private final Authorizing authorizing;
    private final Administrators administrators;
    private final Policies policies;
    private final AccessChanges changes;
    private final Acts acts;

    public PolicyService(
            Authorizing authorizing,
            Administrators administrators,
            Policies policies,
            AccessChanges changes,
            Acts acts) {
        this.authorizing = authorizing;
        this.administrators = administrators;
        this.policies = policies;
        this.changes = changes;
        this.acts = acts;
    }

    /** A document and what was made of it; a large one takes its time, for which no transaction is held. */
    private record Read(PolicyDocument document, Policy policy) {}

    private static Read read(Draft draft) {
        int version = draft.version().orElseThrow(() -> new Refusal.Unmet(AccessRule.VERSION_REQUIRED));
        MatchMode mode = MatchMode.of(draft.matchMode())
                .orElseThrow(() -> new Refusal.Invalid("matchMode", AccessRule.MATCH_MODE, draft.matchMode()));
        if (draft.scopes().stream().anyMatch(String::isBlank)) throw new Refusal.Invalid("scopes", AccessRule.SCOPES);
        PolicyDocument document =
                new PolicyDocument(draft.csv(), draft.extra(), draft.defaultRole(), draft.scopes(), mode, version);
        return new Read(document, Policy.of(document));
    }

    @Override
    public PolicyDocument read(Caller caller) {
        authorizing.require(caller, READING);
        return policies.current();
    }

    @Override
    public boolean mayReplace(Caller caller) {
        return authorizing.allows(caller, REPLACING);
    }

    @Override
    public PolicyDocument replace(Caller caller, Draft draft) {
        authorizing.require(caller, REPLACING);
        Target target = new Target(PolicyDocument.KIND, "global");
        Read read = acts.prepare(caller, AuditAction.POLICY_CHANGED, target, () -> read(draft));
        return acts.perform(
                caller,
                AuditAction.POLICY_CHANGED,
                target,
                () -> {
                    if (!administrators.turn().areLeftUnder(read.policy(), caller))
                        throw new Refusal.Unmet(AccessRule.NO_ADMINISTRATOR);
                    PolicyDocument stored = policies.update(read.document());
                    changes.append(new AccessChange.OfPolicy());
                    return stored;
                },
                stored -> List.of(new Change(
                        "resourceVersion",
                        Integer.toString(stored.version() - 1),
                        Integer.toString(stored.version()))));
    }
}
