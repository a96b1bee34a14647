package dev.gatehouse.application.access;

import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.shared.Refusal;
import java.util.Optional;

/** Decides by the policy in force. */
public final class AuthorizationService implements Authorizing {
    private final PolicyInForce inForce;
    private final RightsInUse rightsInUse;
    private final Acts acts;

    public AuthorizationService(PolicyInForce inForce, RightsInUse rightsInUse, Acts acts) {
        this.inForce = inForce;
        this.rightsInUse = rightsInUse;
        this.acts = acts;
    }

    @Override
    public Decision decide(Caller caller, AccessQuestion question) {
        return used(caller, question, inForce.decide(caller, question));
    }

    /** A yes that somebody asked for is a use of the right, whether it is done here or elsewhere. */
    private Decision used(Caller caller, AccessQuestion question, Decision decision) {
        if (decision instanceof Decision.Allowed) rightsInUse.note(caller, question);
        return decision;
    }

    @Override
    public void require(Caller caller, AccessQuestion question) {
        switch (decide(caller, question)) {
            case Decision.Allowed allowed -> {}
            case Decision.Denied denied -> {
                acts.refused(
                        caller,
                        AuditAction.ACCESS_DENIED,
                        new Target(question.resource() + "/" + question.action(), question.object()),
                        "denied");
                throw new Refusal.Forbidden(
                        question.resource(), question.action(), question.object(), caller.name(), caller.issuedAt());
            }
        }
    }

    @Override
    public boolean allows(Caller caller, AccessQuestion question) {
        return inForce.decide(caller, question) instanceof Decision.Allowed;
    }

    @Override
    public boolean isNamed(String name) {
        return inForce.gives(name);
    }

    @Override
    public boolean holds(Caller caller, String resource, String action, String object) {
        return usedAtLarge(caller, inForce.covers(caller, resource, action, object));
    }

    @Override
    public boolean holdsAll(Caller caller, String resource, String action) {
        return usedAtLarge(caller, inForce.coversAll(caller, resource, action));
    }

    /** Such a yes is for more than one object, and used rights are each for one. */
    private boolean usedAtLarge(Caller caller, boolean yes) {
        if (yes) rightsInUse.noteAtLarge(caller);
        return yes;
    }

    @Override
    public boolean includes(String wide, String narrow) {
        return inForce.policy().covers(wide, narrow);
    }

    @Override
    public Optional<Decision> recall(Caller caller, AccessQuestion question) {
        return inForce.recall(caller, question).map(each -> used(caller, question, each));
    }

    @Override
    public Sight sight(Caller caller, String resource, String action) {
        AccessQuestion any = new AccessQuestion(resource, action, "");
        Sight sight = switch (inForce.answering(any).policy().extent(caller, resource, action)) {
            case EVERYTHING -> Sight.EVERYTHING;
            case SOME -> Sight.SOME;
            case NOTHING -> Sight.NOTHING;
        };
        usedAtLarge(caller, sight == Sight.EVERYTHING);
        return sight;
    }
}
