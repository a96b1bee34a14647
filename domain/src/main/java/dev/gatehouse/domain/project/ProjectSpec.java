package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a project's owner wrote.
 *
 * @param description at most 255 characters, possibly empty
 * @param roles in the order they were written; no two of one name
 * @param bounds what {@code rest} says of sources, destinations, windows and service accounts
 * @param rest every other member of the AppProject's {@code spec}, those of the bounds included, as the text of one JSON
 *     object: what is kept and given back. Its member {@code roles} holds, by the names of roles, what was sent of them
 *     beside what {@code roles} here say
 */
public record ProjectSpec(String description, List<ProjectRole> roles, ProjectBounds bounds, String rest) {
    /** No member but those above. */
    public static final String NOTHING_ELSE = "{}";

    private static final int LONGEST_DESCRIPTION = 255;
    private static final int MOST_ROLES = 1_000;
    private static final int LONGEST_REST = 1 << 20;

    /** One that bounds nothing. */
    public ProjectSpec(String description, List<ProjectRole> roles, String rest) {
        this(description, roles, ProjectBounds.NONE, rest);
    }

    public ProjectSpec {
        roles = List.copyOf(roles);
        if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION)
            throw new Refusal.Invalid("spec.description", ProjectRule.DESCRIPTION_LENGTH);
        if (roles.size() > MOST_ROLES) throw tooManyRoles();
        if (rest.length() > LONGEST_REST)
            throw new Refusal.Invalid(
                    "spec", ProjectRule.TOO_MANY, "characters of spec", Integer.toString(LONGEST_REST));
        Set<RoleName> seen = new HashSet<>();
        for (ProjectRole each : roles)
            if (!seen.add(each.name()))
                throw new Refusal.Invalid(
                        "spec.roles", ProjectRule.ROLE_TWICE, each.name().value());
    }

    /**
     * Reads what was sent.
     *
     * @throws Refusal.Invalid naming the first fault, in the order of Argo CD (contract 4.3)
     */
    public static ProjectSpec read(
            ProjectName project, String description, List<RoleText> roles, ProjectBounds bounds, String rest) {
        bounds.checkPlaces();
        if (roles.size() > MOST_ROLES) throw tooManyRoles();
        List<ProjectRole> read = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (RoleText each : roles) {
            if (!seen.add(each.name())) throw new Refusal.Invalid("spec.roles", ProjectRule.ROLE_TWICE, each.name());
            read.add(each.read(project));
        }
        bounds.checkWindowsAndAccounts();
        Rule.OfText.check("spec.description", description);
        return new ProjectSpec(description, read, bounds, rest);
    }

    private static Refusal tooManyRoles() {
        return new Refusal.Invalid("spec.roles", ProjectRule.TOO_MANY, "roles", Integer.toString(MOST_ROLES));
    }

    /** A role as its owner sends it; nothing of it has been looked at. */
    public record RoleText(String name, String description, List<String> policies, List<String> groups) {
        public RoleText {
            policies = List.copyOf(policies);
            groups = List.copyOf(groups);
        }

        private ProjectRole read(ProjectName project) {
            RoleName role = new RoleName(name);
            ProjectRole.checkSize(policies.size(), groups.size());
            List<RolePolicy> readPolicies = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (String each : policies) {
                String normal = RolePolicy.normal(each);
                if (!seen.add(normal))
                    throw new Refusal.Invalid("spec.roles.policies", ProjectRule.POLICY_TWICE, normal, name);
                readPolicies.add(RolePolicy.parse(project, role, each));
            }
            List<GroupName> readGroups = new ArrayList<>();
            seen.clear();
            for (String each : groups) {
                if (!seen.add(each))
                    throw new Refusal.Invalid("spec.roles.groups", ProjectRule.GROUP_TWICE, each, name);
                readGroups.add(new GroupName(each));
            }
            Rule.OfText.check("spec.roles.description", description);
            return new ProjectRole(role, description, readPolicies, readGroups);
        }
    }

    public Optional<ProjectRole> role(RoleName name) {
        return roles.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
