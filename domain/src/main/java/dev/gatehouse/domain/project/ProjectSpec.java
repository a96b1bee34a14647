package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a project's owner wrote.
 *
 * @param description at most 255 characters, possibly empty
 * @param roles in the order they were written; no two of one name
 * @param rest every other member of the AppProject's {@code spec}, as the text of one JSON object: kept and given back,
 *     without a meaning here
 */
public record ProjectSpec(String description, List<ProjectRole> roles, String rest) {
    /** No member but those above. */
    public static final String NOTHING_ELSE = "{}";

    private static final int LONGEST_DESCRIPTION = 255;
    private static final int MOST_ROLES = 1_000;
    private static final int LONGEST_REST = 1 << 20;

    public ProjectSpec {
        roles = List.copyOf(roles);
        if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION)
            throw new Refusal.Invalid("spec.description", ProjectRule.DESCRIPTION_LENGTH);
        if (roles.size() > MOST_ROLES)
            throw new Refusal.Invalid("spec.roles", ProjectRule.TOO_MANY, "roles", Integer.toString(MOST_ROLES));
        if (rest.length() > LONGEST_REST)
            throw new Refusal.Invalid(
                    "spec", ProjectRule.TOO_MANY, "characters of spec", Integer.toString(LONGEST_REST));
        Set<RoleName> seen = new HashSet<>();
        for (ProjectRole each : roles)
            if (!seen.add(each.name()))
                throw new Refusal.Invalid(
                        "spec.roles", ProjectRule.ROLE_TWICE, each.name().value());
    }

    public Optional<ProjectRole> role(RoleName name) {
        return roles.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
