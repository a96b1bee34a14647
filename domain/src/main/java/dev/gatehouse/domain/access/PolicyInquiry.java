package dev.gatehouse.domain.access;

import dev.gatehouse.domain.access.Explanation.Found;
import dev.gatehouse.domain.access.Explanation.NearMiss;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What people ask of a policy beyond yes and no. Looks at every rule: not for the way of a request. */
public final class PolicyInquiry {
    private static final int MOST_NEAR_MISSES = 5;

    private final Policy policy;
    private final Optional<ProjectPolicy> project;
    private final Lines own;

    /** @param project the one in question; absent when there is none */
    public PolicyInquiry(Policy policy, Optional<ProjectPolicy> project) {
        this.policy = policy;
        this.project = project;
        this.own = Policy.of(project);
    }

    /** Why the answer is what it is. */
    public Explanation explain(Asker asker, AccessQuestion question) {
        Policy.Reach reach = policy.reach(asker, project);
        List<Walk> defaults = policy.defaults(asker, project);
        Decision decision = policy.decide(asker, question, project);
        List<Found> matched = new ArrayList<>();
        for (Line each : reach.having().lines())
            if (each.rule().appliesTo(question)) matched.add(new Found(each.rule(), false));
        for (Line each : reach.denying().lines())
            if (!each.rule().allows() && each.rule().appliesTo(question)) matched.add(new Found(each.rule(), false));
        Set<Found> byDefault = new LinkedHashSet<>();
        for (Walk walk : defaults)
            for (Line each : walk.lines())
                if (each.rule().appliesTo(question)) byDefault.add(new Found(each.rule(), true));
        matched.addAll(byDefault);
        Optional<PolicyRule> deciding = switch (decision) {
            case Decision.Allowed(PolicyRule rule) -> Optional.of(rule);
            case Decision.Denied(Optional<PolicyRule> rule) -> rule;
        };
        Optional<Found> decidedBy = deciding.flatMap(rule ->
                matched.stream().filter(each -> each.rule().equals(rule)).findFirst());
        return new Explanation(
                decision,
                decidedBy,
                matched,
                deciding.isPresent() ? List.of() : nearest(question, reach, defaults),
                names(asker, reach, defaults));
    }

    private static List<String> names(Asker asker, Policy.Reach reach, List<Walk> defaults) {
        Set<String> names = new LinkedHashSet<>();
        if (!asker.name().isEmpty()) names.add(asker.name());
        names.addAll(reach.having().names());
        names.addAll(reach.denying().names());
        for (Walk each : defaults) names.addAll(each.names());
        names.remove("");
        return List.copyOf(names);
    }

    private List<NearMiss> nearest(AccessQuestion question, Policy.Reach reach, List<Walk> defaults) {
        Set<Line> had = new LinkedHashSet<>(reach.having().lines());
        for (Walk each : defaults) had.addAll(each.lines());
        List<NearMiss> misses = new ArrayList<>();
        for (Line each : had) {
            List<String> differing = differing(each.rule(), question);
            if (each.rule().allows() && !differing.isEmpty() && differing.size() < LineIndex.LEVELS.size())
                misses.add(new NearMiss(each.rule(), differing));
        }
        for (Lines lines : List.of(policy.lines(), own))
            for (Line each : lines.all())
                if (each.rule().allows() && !had.contains(each) && each.rule().appliesTo(question))
                    misses.add(new NearMiss(each.rule(), List.of("subject")));
        // What the subject has, but for one field, before what others have.
        misses.sort(Comparator.comparingInt(each -> each.differsIn().size()));
        return misses.subList(0, Math.min(MOST_NEAR_MISSES, misses.size()));
    }

    private static List<String> differing(PolicyRule rule, AccessQuestion question) {
        List<String> differing = new ArrayList<>(3);
        if (!rule.resource().matches(question.resource())) differing.add("resource");
        if (!rule.action().matches(question.action())) differing.add("action");
        if (!rule.object().matches(question.object())) differing.add("object");
        return differing;
    }

    /** Who may do this. */
    public WhoCan whoCan(AccessQuestion question) {
        Set<String> names = new TreeSet<>(policy.lines().names().all());
        names.addAll(own.names().all());
        names.remove("");
        Optional<PolicyRule> byDefault =
                policy.decide(Asker.local(""), question, project) instanceof Decision.Allowed(PolicyRule rule)
                        ? Optional.of(rule)
                        : Optional.empty();
        List<WhoCan.Holder> holders = new ArrayList<>();
        List<String> except = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith("role:")) continue;
            Policy.Reach reach = policy.reach(Asker.local(name), project);
            Optional<PolicyRule> deny = reach.denying().deny(question);
            Optional<PolicyRule> rule = deny.isPresent() ? deny : reach.having().decisive(question);
            if (rule.isEmpty()) continue;
            if (rule.get().allows())
                holders.add(new WhoCan.Holder(name, way(name, rule.get().subject())));
            else if (byDefault.isPresent()) except.add(name);
        }
        return new WhoCan(holders, byDefault.map(any -> policy.defaultRole()), except);
    }

    /** The shortest way over links, without its start. */
    private List<String> way(String from, String to) {
        Map<String, String> before = new HashMap<>();
        before.put(from, from);
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty() && !before.containsKey(to)) {
            String name = open.removeFirst();
            for (Lines lines : List.of(policy.lines(), own))
                for (String each : linked(lines, name)) if (before.putIfAbsent(each, name) == null) open.addLast(each);
        }
        List<String> way = new ArrayList<>();
        for (String at = to; !at.equals(from); at = before.getOrDefault(at, from)) way.add(at);
        Collections.reverse(way);
        return way;
    }

    private static List<String> linked(Lines lines, String name) {
        int number = lines.names().find(name);
        List<String> linked = new ArrayList<>();
        for (int i = 0; i < lines.names().links(number); i++) {
            int to = lines.names().link(number, i);
            linked.add(lines.names().name(to < 0 ? ~to : to));
        }
        return linked;
    }

    /** Every rule that this name has, its own first, then those of its roles as they are reached, then the default's. */
    public List<Found> permissions(String name) {
        Asker asker = Asker.local(name);
        Set<Found> found = new LinkedHashSet<>();
        for (Line each : policy.reach(asker, project).having().lines()) found.add(new Found(each.rule(), false));
        for (Walk walk : policy.defaults(asker, project))
            for (Line each : walk.lines())
                if (!found.contains(new Found(each.rule(), false))) found.add(new Found(each.rule(), true));
        return List.copyOf(found);
    }
}
