package dev.gatehouse.domain.access;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The global policy with the built-in roles, ready to answer. Immutable and safe to share.
 *
 * <p>A deny that matches for the caller, for one of the caller's groups or for a role of either wins over every allow and
 * over the default (D9). What an identity provider says can never name what is local: its names are no accounts, its groups
 * no roles.
 */
public final class Policy {
    /** Whoever asks has this name besides, in drafts that use it. */
    private static final String EVERYONE = "";

    private static final String PROJECT_ROLE = "proj:";

    private static final java.util.regex.Pattern EXTRA_NAME =
            java.util.regex.Pattern.compile("policy\\.(.*\\.)?csv", java.util.regex.Pattern.DOTALL);

    private final Lines lines;
    /** Whether it says anything of {@link #EVERYONE}. */
    private final boolean ofEveryone;

    private final String defaultRole;
    private final MatchMode mode;
    private final List<Fault> faults;

    private Policy(PolicyDocument document, boolean strictly) {
        this.defaultRole = document.defaultRole();
        this.mode = document.matchMode();
        List<PolicyText> texts = new ArrayList<>();
        List<Fault> fatal = new ArrayList<>();
        List<Fault> passedOver = new ArrayList<>();
        // Never regular expressions: in a policy of those, the built-in roles would stand for nothing.
        texts.add(BuiltInPolicy.TEXT);
        read(document.csv(), "global", "policyCsv", strictly, texts, fatal);
        for (Map.Entry<String, String> each : document.extra().entrySet())
            if (!EXTRA_NAME.matcher(each.getKey()).matches())
                // As a key of a ConfigMap it would be about something else.
                passedOver.add(new Fault("extra." + each.getKey(), AccessRule.EXTRA_NAME, each.getKey()));
            else read(each.getValue(), "global:" + each.getKey(), "extra." + each.getKey(), strictly, texts, fatal);
        if (strictly) fatal.addAll(passedOver);
        if (!fatal.isEmpty()) throw new Refusal.Invalid(fatal);
        texts.forEach(each -> passedOver.addAll(each.faults()));
        this.faults = List.copyOf(passedOver);
        this.lines = Lines.of(
                texts.stream().flatMap(each -> each.rules().stream()).toList(),
                texts.stream().flatMap(each -> each.links().stream()).toList(),
                0);
        this.ofEveryone = lines.names().find(EVERYONE) != Names.NONE;
    }

    private void read(
            String csv, String source, String field, boolean strictly, List<PolicyText> texts, List<Fault> fatal) {
        try {
            texts.add(PolicyText.parse(csv, new PolicyText.Reading(mode, source, field, strictly)));
        } catch (Refusal.Invalid e) {
            fatal.addAll(e.faults());
        }
    }

    /**
     * Makes a document ready.
     *
     * @throws Refusal.Invalid when it does not read, with line and column, or when its
     *     default is no role
     */
    public static Policy of(PolicyDocument document) {
        Policy policy = new Policy(document, true);
        if (!document.defaultRole().isEmpty() && !policy.knows(document.defaultRole(), Optional.empty()))
            throw new Refusal.Invalid("policyDefault", AccessRule.DEFAULT_UNKNOWN, document.defaultRole());
        return policy;
    }

    /**
     * Makes a draft ready to be asked, as Argo CD would take it: lines that have no effect are passed over, and told by
     * {@link #faults()}. It could not be put in force as long as there are any.
     *
     * @throws Refusal.Invalid when not even Argo CD would read it
     */
    public static Policy draft(PolicyDocument document) {
        return new Policy(document, false);
    }

    /** What was passed over in a draft. */
    public List<Fault> faults() {
        return faults;
    }

    /** How its patterns are read, and those of projects beside it. */
    public MatchMode mode() {
        return mode;
    }

    /** What everybody signed in has besides; empty for nothing. */
    public String defaultRole() {
        return defaultRole;
    }

    /** Whether anything is granted to or denied to this name: whether a role of this name exists. */
    public boolean knows(String name, Optional<ProjectPolicy> project) {
        return lines.gives(name) || of(project).gives(name);
    }

    /**
     * Answers one question.
     *
     * @param caller who asks
     * @param project of the existing project that {@link AccessQuestion#project()} names; absent when there is none
     */
    public Decision decide(Caller caller, AccessQuestion question, Optional<ProjectPolicy> project) {
        if (!caller.mayUseItFor(question)) return new Decision.Denied(Optional.empty());
        return decide(Asker.of(caller), question, project);
    }

    /**
     * Answers one question about somebody.
     *
     * @param project of the existing project that {@link AccessQuestion#project()} names; absent when there is none
     */
    public Decision decide(Asker asker, AccessQuestion question, Optional<ProjectPolicy> project) {
        Reach reach = reach(asker, project);
        Optional<PolicyRule> deny = reach.denying().deny(question);
        if (deny.isPresent()) return new Decision.Denied(deny);
        Optional<PolicyRule> decisive = reach.having().decisive(question);
        if (decisive.isEmpty()) decisive = byDefault(asker, question, project);
        return decisive.<Decision>map(
                        rule -> rule.allows() ? new Decision.Allowed(rule) : new Decision.Denied(Optional.of(rule)))
                .orElseGet(() -> new Decision.Denied(Optional.empty()));
    }

    /** How many objects of a resource somebody may act on. */
    public enum Extent {
        /** Each, whatever its name. */
        EVERYTHING,
        /** Each has to be asked about. */
        SOME,
        /** None, whatever its name. */
        NOTHING
    }

    /** How many objects of this resource the caller may act on so, as far as the rules tell it without a name. */
    public Extent extent(Caller caller, String resource, String action) {
        Asker asker = Asker.of(caller);
        Reach reach = reach(asker, Optional.empty());
        Set<String> names = new HashSet<>(reach.having().names());
        names.addAll(reach.denying().names());
        List<Walk> defaults = defaults(asker, Optional.empty());
        defaults.forEach(each -> names.addAll(each.names()));
        names.add(asker.name());
        // What projects say is theirs: who has a role of one, or may have, is asked about each.
        if (!asker.groups().isEmpty() || names.stream().anyMatch(each -> each.startsWith(PROJECT_ROLE)))
            return Extent.SOME;
        List<PolicyRule> rules = new ArrayList<>();
        reach.having().lines().forEach(each -> rules.add(each.rule()));
        defaults.forEach(walk -> walk.lines().forEach(each -> rules.add(each.rule())));
        rules.removeIf(
                each -> !each.resource().matches(resource) || !each.action().matches(action));
        if (rules.stream().noneMatch(PolicyRule::allows)) return Extent.NOTHING;
        boolean all = caller.limits().permissions().isEmpty()
                && rules.stream().allMatch(PolicyRule::allows)
                && reach.denying().lines().isEmpty()
                && rules.stream().anyMatch(each -> each.object().shape().kind() == Pattern.Shape.Kind.ANYTHING);
        return all ? Extent.EVERYTHING : Extent.SOME;
    }

    /**
     * Whether somebody is allowed everything that a rule of a project speaks of. Careful: one rule of theirs must plainly
     * allow all of it, and no deny of theirs may touch it; so a no may be wrong, and a yes never.
     *
     * @param project of the existing project that the rule belongs to; absent when there is none
     */
    public boolean covers(Asker asker, String resource, String action, String object, Optional<ProjectPolicy> project) {
        try {
            return covers(asker, resource, Pattern.compile(mode, action), Pattern.compile(mode, object), project);
        } catch (Pattern.Malformed e) {
            return false;
        }
    }

    /** Whether somebody is allowed this action on every object of a resource; careful as the other. */
    public boolean coversAll(Asker asker, String resource, String action) {
        return covers(asker, resource, Glob.literal(action), Glob.anything("*"), Optional.empty());
    }

    private boolean covers(
            Asker asker, String resource, Pattern actions, Pattern objects, Optional<ProjectPolicy> project) {
        Reach reach = reach(asker, project);
        List<Line> having = reach.having().lines();
        if (denied(having, resource, actions, objects) || denied(reach.denying().lines(), resource, actions, objects))
            return false;
        if (allowed(having, resource, actions, objects)) return true;
        return defaults(asker, project).stream()
                .map(Walk::lines)
                .anyMatch(
                        each -> !denied(each, resource, actions, objects) && allowed(each, resource, actions, objects));
    }

    private static boolean allowed(List<Line> lines, String resource, Pattern actions, Pattern objects) {
        return lines.stream()
                .map(Line::rule)
                .anyMatch(each -> each.allows()
                        && each.resource().matches(resource)
                        && Coverage.covers(each.action(), actions)
                        && Coverage.covers(each.object(), objects));
    }

    private static boolean denied(List<Line> lines, String resource, Pattern actions, Pattern objects) {
        return lines.stream()
                .map(Line::rule)
                .anyMatch(each -> !each.allows()
                        && each.resource().matches(resource)
                        && Coverage.touch(each.action(), actions)
                        && Coverage.touch(each.object(), objects));
    }

    /** Whether the wide pattern plainly stands for everything that the narrow one does, as this policy reads patterns. */
    public boolean covers(String wide, String narrow) {
        try {
            return Coverage.covers(Pattern.compile(mode, wide), Pattern.compile(mode, narrow));
        } catch (Pattern.Malformed e) {
            return false;
        }
    }

    /** What allows it to somebody who has nothing of their own about it, or else what forbids it. */
    private Optional<PolicyRule> byDefault(Asker asker, AccessQuestion question, Optional<ProjectPolicy> project) {
        Optional<PolicyRule> deny = Optional.empty();
        for (Walk each : defaults(asker, project)) {
            Optional<PolicyRule> rule = each.decisive(question);
            if (rule.isPresent() && rule.get().allows()) return rule;
            if (deny.isEmpty()) deny = rule;
        }
        return deny;
    }

    /** What everybody has, each to be asked by itself. */
    List<Walk> defaults(Asker asker, Optional<ProjectPolicy> project) {
        if (defaultRole.isEmpty() && !ofEveryone) return List.of();
        List<Walk> defaults = new ArrayList<>(3);
        if (!defaultRole.isEmpty()) {
            defaults.add(walk(Lines.NONE, defaultRole));
            if (asker.kind() != Asker.Kind.ANONYMOUS && project.isPresent() && !strangerTo(project.get(), asker))
                defaults.add(walk(of(project), defaultRole));
        }
        if (ofEveryone) defaults.add(walk(Lines.NONE, EVERYONE));
        return defaults;
    }

    private Walk walk(Lines own, String from) {
        Walk walk = new Walk(lines, own, 0);
        walk.from(from);
        return walk;
    }

    /**
     * What somebody has.
     *
     * @param having what counts
     * @param denying of what only the denies count
     */
    record Reach(Walk having, Walk denying) {}

    Reach reach(Asker asker, Optional<ProjectPolicy> project) {
        Lines own = of(project);
        Walk having = new Walk(lines, own, asker.groups().size());
        Walk denying = new Walk(lines, own, 0);
        if (asker.kind() == Asker.Kind.ANONYMOUS) return new Reach(having, denying);
        boolean ofRole = project.isPresent() && asker.name().startsWith(PROJECT_ROLE);
        boolean strangerHere = project.isPresent() && strangerTo(project.get(), asker);
        (strangerHere ? denying : having).fromName(asker);
        if (ofRole) denying.fromGroups(asker, denying);
        else having.fromGroups(asker, denying);
        return new Reach(having, denying);
    }

    /** A role of one project has nothing in another (contract 5.4). */
    private static boolean strangerTo(ProjectPolicy project, Asker asker) {
        return asker.name().startsWith(PROJECT_ROLE) && !asker.name().startsWith(PROJECT_ROLE + project.name() + ":");
    }

    Lines lines() {
        return lines;
    }

    static Lines of(Optional<ProjectPolicy> project) {
        return project.map(ProjectPolicy::lines).orElse(Lines.NONE);
    }
}
