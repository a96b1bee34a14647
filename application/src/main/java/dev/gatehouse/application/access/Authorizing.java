package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;

/** May they? */
public interface Authorizing {
    /** Answers, and leaves no trace: a question is no act. May ask the store when its knowledge is not fresh. */
    Decision decide(Caller caller, AccessQuestion question);

    /**
     * Demands a yes; a no is written down in the audit.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden when the answer is no, whether or not the object exists
     */
    void require(Caller caller, AccessQuestion question);

    /** Whether {@link #decide} could answer now without waiting for the store. */
    boolean fresh();
}
