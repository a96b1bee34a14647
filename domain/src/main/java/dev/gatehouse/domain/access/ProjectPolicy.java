package dev.gatehouse.domain.access;

import dev.gatehouse.domain.project.GroupName;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.RolePolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one project adds to the global policy (Argo CD contract 5.6). */
final class ProjectPolicy {
    private final Map<String, List<PolicyRule>> rules = new HashMap<>();
    private final Map<String, List<String>> roles = new HashMap<>();

    private ProjectPolicy() {}

    static ProjectPolicy of(Project project) {
        ProjectPolicy policy = new ProjectPolicy();
        for (ProjectRole role : project.spec().roles()) {
            String subject = "proj:" + project.name() + ":" + role.name();
            List<PolicyRule> own = new ArrayList<>();
            own.add(new PolicyRule(
                    subject,
                    Glob.literal("projects"),
                    Glob.literal("get"),
                    Glob.literal(project.name().value()),
                    true,
                    "implied:" + project.name(),
                    0));
            int line = 0;
            for (RolePolicy each : role.policies())
                own.add(new PolicyRule(
                        subject,
                        Glob.of(each.resource()),
                        Glob.of(each.action()),
                        Glob.of(each.object()),
                        each.allows(),
                        "project:" + project.name(),
                        ++line));
            policy.rules.put(subject, own);
            for (GroupName group : role.groups())
                policy.roles
                        .computeIfAbsent(group.value(), any -> new ArrayList<>())
                        .add(subject);
        }
        return policy;
    }

    List<PolicyRule> rulesOf(String name) {
        return rules.getOrDefault(name, List.of());
    }

    List<String> rolesOf(String name) {
        return roles.getOrDefault(name, List.of());
    }
}
