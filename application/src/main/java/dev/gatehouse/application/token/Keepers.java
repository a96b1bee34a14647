package dev.gatehouse.application.token;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.project.RoleName;
import java.util.Optional;

/**
 * Who keeps the tokens of an owner as Argo CD has it (contract 3.2, 4.8): everybody their own, with {@code accounts,
 * update} those of an account, with {@code projects, update} or a group of the role those of a role.
 */
final class Keepers {
    private final Authorizing authorizing;
    private final Projects projects;

    Keepers(Authorizing authorizing, Projects projects) {
        this.authorizing = authorizing;
        this.projects = projects;
    }

    /** Asked before anybody learns what exists; a no is written down. */
    void require(Caller caller, TokenOwners.Owner owner) {
        AccessQuestion question = question(owner);
        if (!byItself(caller, owner, question)) authorizing.require(caller, question);
    }

    /** Whether they keep them; a no is not written down. */
    boolean keeps(Caller caller, TokenOwners.Owner owner) {
        AccessQuestion question = question(owner);
        return byItself(caller, owner, question) || authorizing.decide(caller, question) instanceof Decision.Allowed;
    }

    private static AccessQuestion question(TokenOwners.Owner owner) {
        return switch (owner) {
            case TokenOwners.OfAccount(String name) -> new AccessQuestion("accounts", "update", name);
            case TokenOwners.OfRole(String project, String role) -> new AccessQuestion("projects", "update", project);
        };
    }

    /** Without a policy, but never with a credential that may not be used for it. */
    private boolean byItself(Caller caller, TokenOwners.Owner owner, AccessQuestion question) {
        return caller.mayUseItFor(question)
                && switch (owner) {
                    case TokenOwners.OfAccount(String name) ->
                        caller.subject() instanceof Subject.OfAccount self
                                && self.name().value().equals(name);
                    case TokenOwners.OfRole role -> isMember(caller, role);
                };
    }

    private boolean isMember(Caller caller, TokenOwners.OfRole owner) {
        if (caller.groups().isEmpty()) return false;
        return ProjectName.ifValid(owner.project())
                .flatMap(projects::find)
                .flatMap(found -> RoleName.ifValid(owner.role()).flatMap(found::role))
                .map(found ->
                        found.groups().stream().anyMatch(each -> caller.groups().contains(each.value())))
                .orElse(false);
    }

    /** The {@code jti} that the caller shows, if it is that of a token and not of a session. */
    static Optional<String> shown(Caller caller) {
        return switch (caller.method()) {
            case ACCOUNT_TOKEN, PROJECT_TOKEN -> caller.credential();
            default -> Optional.empty();
        };
    }
}
