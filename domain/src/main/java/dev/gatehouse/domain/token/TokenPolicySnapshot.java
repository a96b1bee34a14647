package dev.gatehouse.domain.token;

import dev.gatehouse.domain.project.ProjectId;
import java.util.HashMap;
import java.util.Map;

/**
 * What all policies on tokens say at one moment.
 *
 * @param all the one for all
 * @param ofProjects what single projects say beside it; one without a policy of its own is not in it
 */
public record TokenPolicySnapshot(TokenPolicy all, Map<ProjectId, TokenPolicy> ofProjects) {
    /** Forbids nothing. */
    public static final TokenPolicySnapshot LENIENT = new TokenPolicySnapshot(TokenPolicy.LENIENT, Map.of());

    public TokenPolicySnapshot {
        ofProjects = Map.copyOf(ofProjects);
    }

    /** What holds for the tokens of this subject. */
    public KindPolicy of(TokenSubject subject) {
        return switch (subject) {
            case TokenSubject.OfAccount account -> all.account();
            case TokenSubject.OfProjectRole role -> ofProject(role.id());
        };
    }

    /** What holds for the tokens of the roles of this project: the policy for all, tightened by its own. */
    public KindPolicy ofProject(ProjectId project) {
        return all.tightenedBy(ofProjects.getOrDefault(project, TokenPolicy.LENIENT))
                .project();
    }

    /** The same with another policy for all. */
    public TokenPolicySnapshot with(TokenPolicy other) {
        return new TokenPolicySnapshot(other, ofProjects);
    }

    /** The same with another policy of one project. */
    public TokenPolicySnapshot with(ProjectId project, TokenPolicy own) {
        Map<ProjectId, TokenPolicy> next = new HashMap<>(ofProjects);
        next.put(project, own);
        return new TokenPolicySnapshot(all, next);
    }
}
