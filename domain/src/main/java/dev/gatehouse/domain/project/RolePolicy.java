package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Refusal;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One rule of a project role. It can name its own role and its own project only, so that whoever edits a project grants
 * nothing outside it (Argo CD contract 4.3).
 *
 * @param text the normal form: {@code p, proj:demo:ci, applications, get, demo/*, allow}
 */
public record RolePolicy(String text, String resource, String action, String object, boolean allows) {
    /** The resources that belong to projects. */
    private static final Set<String> RESOURCES = Set.of(
            "applications",
            "applicationsets",
            "repositories",
            "exec",
            "logs",
            "clusters",
            "workflows",
            "workflowtemplates",
            "workfloweventbindings",
            "events",
            "webhookclients",
            "tokens");

    private static final Set<String> ACTIONS =
            Set.of("get", "list", "create", "update", "delete", "sync", "override", "rollback", "*");
    private static final Pattern COMPOSED_ACTION = Pattern.compile("(action|update|delete)/");
    private static final String NO_PART_OF_AN_ACTION = "[]{}\\\"";
    private static final int LONGEST_PATTERN = 1_000;
    private static final int PARTS = 6;

    /**
     * Reads one policy as it was sent and brings it to its normal form.
     *
     * @throws Refusal.Invalid naming the first rule it breaks
     */
    public static RolePolicy parse(ProjectName project, RoleName role, String sent) {
        String[] parts = parts(sent);
        String policy = String.join(", ", parts);
        if (parts.length != PARTS || !parts[0].strip().equals("p")) throw broken(ProjectRule.POLICY_FORM, policy);
        String own = "proj:" + project + ":" + role;
        if (!parts[1].equals(own)) throw broken(ProjectRule.POLICY_SUBJECT, policy, own, parts[1]);
        if (!RESOURCES.contains(parts[2])) throw broken(ProjectRule.POLICY_RESOURCE, policy, parts[2]);
        if (!isAction(parts[3])) throw broken(ProjectRule.POLICY_ACTION, policy, parts[3]);
        if (parts[4].length() > LONGEST_PATTERN
                || !Pattern.matches(Pattern.quote(project.value()) + "(/[*\\w.-]+)?/[*\\w.-]+", parts[4]))
            throw broken(ProjectRule.POLICY_OBJECT, policy, project.value(), parts[4]);
        if (!parts[5].equals("allow") && !parts[5].equals("deny")) throw broken(ProjectRule.POLICY_EFFECT, policy);
        return new RolePolicy(policy, parts[2], parts[3], parts[4], parts[5].equals("allow"));
    }

    /** The normal form of what was sent, whether or not it is a policy. */
    static String normal(String sent) {
        return String.join(", ", parts(sent));
    }

    private static String[] parts(String sent) {
        String[] parts = sent.split(",", -1);
        for (int i = 1; i < parts.length; i++) parts[i] = parts[i].strip();
        return parts;
    }

    /** A composed action may hold {@code *} and {@code ?}, and nothing that could make it a malformed pattern. */
    private static boolean isAction(String action) {
        return ACTIONS.contains(action)
                || (COMPOSED_ACTION.matcher(action).find()
                        && action.length() <= LONGEST_PATTERN
                        && action.chars()
                                .noneMatch(each ->
                                        NO_PART_OF_AN_ACTION.indexOf(each) >= 0 || Character.isISOControl(each)));
    }

    private static Refusal broken(ProjectRule rule, String... arguments) {
        return new Refusal.Invalid("spec.roles.policies", rule, arguments);
    }
}
