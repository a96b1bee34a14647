package dev.gatehouse.application.token;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tokens of project roles. */
public final class ProjectTokenService implements ManagingProjectTokens {
    private final Keepers keepers;
    private final Projects projects;
    private final ApiTokens tokens;
    private final AccessChanges changes;
    private final Issuing issuing;
    private final Acts acts;
    private final InstantSource clock;

    public ProjectTokenService(
            Authorizing authorizing,
            Projects projects,
            ApiTokens tokens,
            AccessChanges changes,
            Issuing issuing,
            Acts acts,
            InstantSource clock) {
        this.keepers = new Keepers(authorizing, projects);
        this.projects = projects;
        this.tokens = tokens;
        this.changes = changes;
        this.issuing = issuing;
        this.acts = acts;
        this.clock = clock;
    }

    @Override
    public IssuedToken issue(Caller caller, String project, String role, NewToken command) {
        TokenOwners.Owner owner = new TokenOwners.OfRole(project, role);
        keepers.require(caller, owner);
        return issuing.issue(caller, owner, command);
    }

    @Override
    public void revoke(Caller caller, String project, String role, Optional<String> name, long issuedAtSeconds) {
        keepers.require(caller, new TokenOwners.OfRole(project, role));
        Target target =
                new Target(ApiToken.KIND, project, role + "/" + name.orElseGet(() -> Long.toString(issuedAtSeconds)));
        acts.perform(caller, AuditAction.TOKEN_REVOKED, target, () -> {
            Project found = find(project);
            if (RoleName.ifValid(role).flatMap(found::role).isEmpty()) return false;
            Optional<ApiToken> token = name.filter(each -> !each.isEmpty()).isPresent()
                    ? name.flatMap(TokenName::ifValid).flatMap(each -> tokens.named(subjectOf(found, role), each))
                    : issuedAt(subjectOf(found, role), role, issuedAtSeconds);
            boolean ended = token.map(each -> tokens.revoke(each.id(), clock.instant(), caller.name()))
                    .orElse(false);
            if (ended)
                token.ifPresent(each ->
                        changes.append(new AccessChange.OfCredential(each.id().value())));
            return ended;
        });
    }

    private Optional<ApiToken> issuedAt(TokenSubject subject, String role, long seconds) {
        List<ApiToken> candidates = tokens.unrevokedOf(subject, seconds, 2);
        if (candidates.size() > 1) throw new Refusal.Unmet(TokenRule.AMBIGUOUS_TIME, role, Long.toString(seconds));
        return candidates.stream().findFirst();
    }

    private Project find(String name) {
        return ProjectName.ifValid(name)
                .flatMap(projects::find)
                .orElseThrow(() -> new Refusal.NotFound(Project.KIND, name));
    }

    private static TokenSubject subjectOf(Project project, String role) {
        ProjectRole found = RoleName.ifValid(role)
                .flatMap(project::role)
                .orElseThrow(() -> new Refusal.NotFound(
                        Project.ROLE_KIND, role, project.name().value()));
        return new TokenSubject.OfProjectRole(project.id(), project.name(), found.name());
    }
}
