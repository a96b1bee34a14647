package dev.gatehouse.application.audit;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditFilter;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;

/** Guards the trail. */
public final class AuditService implements ReadingAudit {
    private final Authorizing authorizing;
    private final AuditTrail trail;

    public AuditService(Authorizing authorizing, AuditTrail trail) {
        this.authorizing = authorizing;
        this.trail = trail;
    }

    @Override
    public Page<AuditTrail.Numbered> find(Caller caller, AuditFilter filter, PageRequest page) {
        authorizing.require(caller, new AccessQuestion("audit", "get", "*"));
        return trail.find(filter, page);
    }
}
