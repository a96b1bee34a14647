package dev.gatehouse.domain.token;

import dev.gatehouse.domain.project.ProjectId;
import java.util.List;
import java.util.Optional;

/** The stored policies on tokens: one for all, and one for each project that has its own. */
public interface TokenPolicies {
    /**
     * The policy of this project, or that for all; absent as long as none was stored.
     *
     * @param project absent: the one for all
     */
    Optional<TokenPolicy> find(Optional<ProjectId> project);

    /** What all of them say, at one moment. */
    TokenPolicySnapshot all();

    /** As {@link #find}, and nobody else holds or changes it until the caller's transaction ends. */
    Optional<TokenPolicy> hold(Optional<ProjectId> project);

    /**
     * Stores a policy in place of the one at its version, which is 0 when there was none.
     *
     * @return the same with its new version
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code STALE} when another is stored now
     */
    TokenPolicy store(Optional<ProjectId> project, TokenPolicy policy);

    /**
     * Writes down that a change ended tokens whose records do not say so yet.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code STALE} when that is so of an earlier change of the same
     *     policy
     */
    void begin(PolicyEnding ending);

    /** Every change of which that is so, the earliest first. */
    List<PolicyEnding> endings();

    /**
     * Writes down that all records say so.
     *
     * @return false when somebody did that before
     */
    boolean finish(PolicyEnding ending);
}
