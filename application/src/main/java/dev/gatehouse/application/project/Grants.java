package dev.gatehouse.application.project;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.project.GroupName;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.ProjectRule;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.project.RolePolicy;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Nobody gives in a project what they do not hold, unless they hold {@code projects, update, *}. To give is
 *
 * <ul>
 *   <li>a policy that allows what no policy of the role allowed before,
 *   <li>to take away a policy that denied what no policy of the role denies any more; to take away the role is to take away
 *       all of them, and to take away a group is the same for its members,
 *   <li>a group that did not have the role: it gets all that the role allows.
 * </ul>
 *
 * Every role allows to get its project: who adds a role or a group must be allowed that, too. What the global policy gives
 * or denies a role besides is no matter of its project: such a role is neither added, nor given to a group, nor taken from
 * one. Doubt counts as not held.
 */
final class Grants {
    private final Authorizing authorizing;
    private final Caller caller;
    private final ProjectName project;

    Grants(Authorizing authorizing, Caller caller, ProjectName project) {
        this.authorizing = authorizing;
        this.caller = caller;
        this.project = project;
    }

    /**
     * Finds the first thing that is given and not held.
     *
     * @throws Refusal.Forbidden naming it
     */
    void check(List<ProjectRole> before, List<ProjectRole> after) {
        // A change that gives nothing needs no look at what its maker holds, and most changes give nothing.
        if (before.equals(after) || authorizing.holdsAll(caller, "projects", "update")) return;
        Map<RoleName, ProjectRole> old = byName(before);
        Map<RoleName, ProjectRole> now = byName(after);
        for (ProjectRole role : after) {
            Optional<ProjectRole> was = Optional.ofNullable(old.get(role.name()));
            checkAdded(was, role);
            checkGroups(was, role);
        }
        for (ProjectRole role : before) checkRemoved(role, Optional.ofNullable(now.get(role.name())));
    }

    private static Map<RoleName, ProjectRole> byName(List<ProjectRole> roles) {
        return roles.stream().collect(Collectors.toMap(ProjectRole::name, Function.identity()));
    }

    private void checkAdded(Optional<ProjectRole> was, ProjectRole role) {
        if (was.isEmpty()) {
            mustSeeProject(role.name());
            mustBeOfThisProjectAlone(role.name());
        }
        List<RolePolicy> known = was.map(ProjectRole::policies).orElse(List.of());
        for (RolePolicy each : role.policies())
            if (each.allows() && !isWithin(each, known))
                mustHold(each, fault(ProjectRule.GRANT_BY_POLICY, role.name(), each.text()));
    }

    private void checkGroups(Optional<ProjectRole> was, ProjectRole role) {
        Set<String> known = groups(was);
        for (GroupName group : role.groups()) {
            if (known.contains(group.value())) continue;
            mustSeeProject(role.name());
            mustBeOfThisProjectAlone(role.name());
            for (RolePolicy each : role.policies())
                if (each.allows())
                    mustHold(each, fault(ProjectRule.GRANT_TO_GROUP, role.name(), each.text(), group.value()));
        }
    }

    private void checkRemoved(ProjectRole role, Optional<ProjectRole> now) {
        List<RolePolicy> kept = now.map(ProjectRole::policies).orElse(List.of());
        boolean losesGroup = !groups(now).containsAll(groups(Optional.of(role)));
        if (losesGroup) mustBeOfThisProjectAlone(role.name());
        for (RolePolicy each : role.policies())
            if (!each.allows() && (losesGroup || !isWithin(each, kept)))
                mustHold(each, fault(ProjectRule.GRANT_BY_REMOVAL, role.name(), each.text()));
    }

    private static Set<String> groups(Optional<ProjectRole> role) {
        return role.map(ProjectRole::groups).orElse(List.of()).stream()
                .map(GroupName::value)
                .collect(Collectors.toSet());
    }

    /** Whether one of the others has the same effect on all of it. */
    private boolean isWithin(RolePolicy policy, List<RolePolicy> others) {
        return others.stream()
                .anyMatch(each -> each.allows() == policy.allows()
                        && each.resource().equals(policy.resource())
                        && authorizing.includes(each.action(), policy.action())
                        && authorizing.includes(each.object(), policy.object()));
    }

    private void mustSeeProject(RoleName role) {
        AccessQuestion question = new AccessQuestion("projects", "get", project.value());
        if (!(authorizing.decide(caller, question) instanceof Decision.Allowed))
            throw forbidden("projects", "get", project.value(), fault(ProjectRule.GRANT_BY_ROLE, role));
    }

    private void mustBeOfThisProjectAlone(RoleName role) {
        if (authorizing.isNamed(new Subject.OfProjectRole(project, role).policyName()))
            throw forbidden("projects", "update", "*", fault(ProjectRule.GRANT_BY_GLOBAL_POLICY, role));
    }

    private void mustHold(RolePolicy policy, Fault because) {
        if (!authorizing.holds(caller, policy.resource(), policy.action(), policy.object()))
            throw forbidden(policy.resource(), policy.action(), policy.object(), because);
    }

    private static Fault fault(ProjectRule rule, RoleName role, String... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = role.value();
        System.arraycopy(more, 0, arguments, 1, more.length);
        return new Fault("spec.roles", rule, arguments);
    }

    private Refusal forbidden(String resource, String action, String object, Fault because) {
        return new Refusal.Forbidden(resource, action, object, caller.name(), caller.issuedAt(), Optional.of(because));
    }
}
