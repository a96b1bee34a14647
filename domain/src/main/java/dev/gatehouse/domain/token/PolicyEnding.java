package dev.gatehouse.domain.token;

import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of a policy that is in force, and of which not every token that it ended has it in its record yet. Nobody is let
 * in by such a token meanwhile, since the policy refuses it; but a milder policy would let it count again, so there is none
 * before this is over.
 *
 * @param project whose policy was changed, as its id and its name; absent: that for all
 * @param at when it was changed: what the policy ended at that moment is ended for good
 * @param by who changed it, as policies write the name
 */
public record PolicyEnding(Optional<Scope> project, Instant at, String by) {
    /** The tokens of one project. */
    public record Scope(ProjectId id, ProjectName name) {}

    /**
     * The tokens that it ends and that are not ended yet.
     *
     * @param inForce what the policies say since the change
     */
    public TokenFilter left(TokenPolicySnapshot inForce) {
        TokenFilter all = TokenFilter.all(at).under(inForce).onlyEndedByPolicy();
        return project.map(each -> all.of(each.name())).orElse(all);
    }
}
