package dev.gatehouse.domain.access;

import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.shared.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The global policy with the built-in roles, ready to answer. Immutable and safe to share.
 *
 * <p>A deny that matches for the caller, for one of the caller's groups or for a role of either wins over every allow and
 * over the default (D9).
 */
public final class Policy {
    private final Map<String, List<PolicyRule>> rules = new HashMap<>();
    private final Map<String, List<String>> roles = new HashMap<>();
    private final String defaultRole;

    private Policy(String defaultRole) {
        this.defaultRole = defaultRole;
    }

    /**
     * Makes a document ready.
     *
     * @throws Refusal.Invalid when it does not read, with line and column, or when its
     *     default is no role
     */
    public static Policy of(PolicyDocument document) {
        Policy policy = new Policy(document.defaultRole());
        policy.add(BuiltInPolicy.TEXT);
        policy.add(PolicyText.parse(document.csv(), "global"));
        if (!document.defaultRole().isEmpty() && !policy.knows(document.defaultRole()))
            throw new Refusal.Invalid("policyDefault", AccessRule.DEFAULT_UNKNOWN, document.defaultRole());
        return policy;
    }

    private void add(PolicyText text) {
        for (PolicyRule each : text.rules())
            rules.computeIfAbsent(each.subject(), any -> new ArrayList<>()).add(each);
        for (PolicyLink each : text.links())
            roles.computeIfAbsent(each.member(), any -> new ArrayList<>()).add(each.role());
    }

    private boolean knows(String role) {
        return rules.containsKey(role) || roles.containsKey(role);
    }

    /**
     * Answers one question.
     *
     * @param caller who asks
     * @param project the existing project that {@link AccessQuestion#project()} names; absent when there is none
     */
    public Decision decide(Caller caller, AccessQuestion question, Optional<Project> project) {
        boolean strangerHere = caller.subject() instanceof Subject.OfProjectRole role
                && project.isPresent()
                && !project.get().name().equals(role.project());
        Decision own =
                decide(startsOf(caller), question, strangerHere ? Optional.empty() : project.map(ProjectPolicy::of));
        return switch (own) {
            case Decision.Allowed allowed -> strangerHere ? byDefault(question) : allowed;
            case Decision.Denied(Optional<PolicyRule> rule) -> rule.isPresent() ? own : byDefault(question);
        };
    }

    private Decision byDefault(AccessQuestion question) {
        return defaultRole.isEmpty()
                ? new Decision.Denied(Optional.empty())
                : decide(List.of(defaultRole), question, Optional.empty());
    }

    private Collection<String> startsOf(Caller caller) {
        Set<String> starts = new LinkedHashSet<>();
        starts.add(caller.name());
        for (String group : caller.groups())
            if (!group.startsWith("role:") && !group.startsWith("proj:")) starts.add(group);
        return starts;
    }

    private Decision decide(Collection<String> starts, AccessQuestion question, Optional<ProjectPolicy> project) {
        Optional<PolicyRule> allowing = Optional.empty();
        for (String name : reached(starts, project)) {
            for (PolicyRule rule : rulesOf(name, project)) {
                if (rule.allows() && allowing.isPresent()) continue;
                if (!rule.appliesTo(question)) continue;
                if (!rule.allows()) return new Decision.Denied(Optional.of(rule));
                allowing = Optional.of(rule);
            }
        }
        return allowing.<Decision>map(Decision.Allowed::new).orElseGet(() -> new Decision.Denied(Optional.empty()));
    }

    private List<PolicyRule> rulesOf(String name, Optional<ProjectPolicy> project) {
        List<PolicyRule> global = rules.getOrDefault(name, List.of());
        List<PolicyRule> own = project.map(each -> each.rulesOf(name)).orElse(List.of());
        if (own.isEmpty()) return global;
        if (global.isEmpty()) return own;
        List<PolicyRule> both = new ArrayList<>(global);
        both.addAll(own);
        return both;
    }

    /** Every name that the links lead to, however far; the starts first. */
    private Set<String> reached(Collection<String> starts, Optional<ProjectPolicy> project) {
        Set<String> seen = new LinkedHashSet<>(starts);
        Deque<String> open = new ArrayDeque<>(starts);
        while (!open.isEmpty()) {
            String name = open.removeFirst();
            for (String role : roles.getOrDefault(name, List.of())) if (seen.add(role)) open.addLast(role);
            if (project.isPresent())
                for (String role : project.get().rolesOf(name)) if (seen.add(role)) open.addLast(role);
        }
        return seen;
    }
}
