package dev.gatehouse.domain.audit;

import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;

/** What was done, for ever: nothing is changed or removed. */
public interface AuditTrail {
    /**
     * An entry with its place.
     *
     * @param sequence from 1, growing in the order in which entries were written; two entries never share one, and a
     *     gap means nothing
     */
    record Numbered(long sequence, AuditEntry entry) {}

    /** Adds an entry, in the caller's transaction. */
    void append(AuditEntry entry);

    /**
     * The wanted entries, the newest first.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when the page begins at a place that this list never gave out
     */
    Page<Numbered> find(AuditFilter filter, PageRequest page);
}
