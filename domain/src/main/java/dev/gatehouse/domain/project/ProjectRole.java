package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A named set of policies inside one project, and the groups that have it.
 *
 * @param description possibly empty
 * @param policies in the order they were written; no two alike
 * @param groups in the order they were written; no two alike
 */
public record ProjectRole(RoleName name, String description, List<RolePolicy> policies, List<GroupName> groups) {
    private static final int MOST_POLICIES = 1_000;
    private static final int MOST_GROUPS = 1_000;

    public ProjectRole {
        policies = List.copyOf(policies);
        groups = List.copyOf(groups);
        if (policies.size() > MOST_POLICIES) throw tooMany("policies", MOST_POLICIES);
        if (groups.size() > MOST_GROUPS) throw tooMany("groups", MOST_GROUPS);
        Set<String> seen = new HashSet<>();
        for (RolePolicy each : policies)
            if (!seen.add(each.text()))
                throw new Refusal.Invalid("spec.roles.policies", ProjectRule.POLICY_TWICE, each.text(), name.value());
        seen.clear();
        for (GroupName each : groups)
            if (!seen.add(each.text()))
                throw new Refusal.Invalid("spec.roles.groups", ProjectRule.GROUP_TWICE, each.text(), name.value());
    }

    private static Refusal tooMany(String what, int most) {
        return new Refusal.Invalid("spec.roles." + what, ProjectRule.TOO_MANY, what, Integer.toString(most));
    }
}
