package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A named set of policies inside one project, and the groups that have it.
 *
 * @param description at most 1000 characters, possibly empty
 * @param policies in the order they were written; no two alike
 * @param groups in the order they were written; no two alike
 */
public record ProjectRole(RoleName name, String description, List<RolePolicy> policies, List<GroupName> groups) {
    private static final int MOST_POLICIES = 1_000;
    private static final int MOST_GROUPS = 1_000;
    private static final int LONGEST_DESCRIPTION = 1_000;

    public ProjectRole {
        policies = List.copyOf(policies);
        groups = List.copyOf(groups);
        checkSize(policies.size(), groups.size());
        if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION)
            throw tooMany("description", "characters", LONGEST_DESCRIPTION);
        Set<String> seen = new HashSet<>();
        for (RolePolicy each : policies)
            if (!seen.add(each.text()))
                throw new Refusal.Invalid("spec.roles.policies", ProjectRule.POLICY_TWICE, each.text(), name.value());
        seen.clear();
        for (GroupName each : groups)
            if (!seen.add(each.text()))
                throw new Refusal.Invalid("spec.roles.groups", ProjectRule.GROUP_TWICE, each.text(), name.value());
    }

    static void checkSize(int policies, int groups) {
        if (policies > MOST_POLICIES) throw tooMany("policies", "policies", MOST_POLICIES);
        if (groups > MOST_GROUPS) throw tooMany("groups", "groups", MOST_GROUPS);
    }

    private static Refusal tooMany(String member, String what, int most) {
        return new Refusal.Invalid("spec.roles." + member, ProjectRule.TOO_MANY, what, Integer.toString(most));
    }
}
