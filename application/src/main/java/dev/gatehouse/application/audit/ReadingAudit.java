package dev.gatehouse.application.audit;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditFilter;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;

/** What an auditor asks. */
public interface ReadingAudit {
    /**
     * The wanted entries, the newest first.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code audit, get, *}
     */
    Page<AuditTrail.Numbered> find(Caller caller, AuditFilter filter, PageRequest page);
}
