package dev.gatehouse.domain.access;

import dev.gatehouse.domain.project.GroupName;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.RolePolicy;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.ArrayList;
import java.util.List;

/** What one existing project adds to the global policy (Argo CD contract 5.6), ready to be asked. */
public final class ProjectPolicy {
    private static final int BEHIND_ALL_GLOBAL = 1 << 30;

    private final String name;
    private final MatchMode mode;
    private final Lines lines;
    private final List<Fault> faults;

    private ProjectPolicy(String name, MatchMode mode, Lines lines, List<Fault> faults) {
        this.name = name;
        this.mode = mode;
        this.lines = lines;
        this.faults = List.copyOf(faults);
    }

    /**
     * A role as somebody drafts it.
     *
     * @param policies lines of {@code p}
     * @param groups in quotes where they hold a comma
     */
    public record DraftRole(String name, List<String> policies, List<String> groups) {
        public DraftRole {
            policies = List.copyOf(policies);
            groups = List.copyOf(groups);
        }
    }

    /**
     * Makes the policies of a project ready. A policy that was saved in another match mode and does not read in this one
     * allows nothing; it still denies, whatever it was meant to stand for.
     */
    public static ProjectPolicy of(Project project, MatchMode mode) {
        String name = project.name().value();
        List<PolicyRule> rules = new ArrayList<>();
        List<PolicyLink> links = new ArrayList<>();
        for (ProjectRole role : project.spec().roles()) {
            String subject = subject(name, role.name().value());
            rules.add(implied(name, subject));
            int line = 0;
            for (RolePolicy each : role.policies())
                rules.add(new PolicyRule(
                        subject,
                        pattern(mode, each.resource(), each.allows()),
                        pattern(mode, each.action(), each.allows()),
                        pattern(mode, each.object(), each.allows()),
                        each.allows(),
                        "project:" + name,
                        ++line));
            for (GroupName group : role.groups()) links.add(new PolicyLink(group.value(), subject));
        }
        return new ProjectPolicy(name, mode, Lines.of(rules, links, BEHIND_ALL_GLOBAL), List.of());
    }

    /**
     * Reads the policies of a project that is only drafted, as Argo CD does: when one line does not read, none of them
     * counts.
     */
    public static ProjectPolicy draft(String name, List<DraftRole> roles, MatchMode mode) {
        List<PolicyRule> rules = new ArrayList<>();
        List<PolicyLink> links = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        boolean fatal = false;
        for (DraftRole role : roles) {
            String subject = subject(name, role.name());
            rules.add(implied(name, subject));
            String field = "projects." + name + ".roles." + role.name();
            List<String> lines = new ArrayList<>(role.policies());
            for (String group : role.groups()) lines.add("g, " + group + ", " + subject);
            try {
                PolicyText text = PolicyText.parse(
                        String.join("\n", lines), new PolicyText.Reading(mode, "project:" + name, field, false));
                rules.addAll(text.rules());
                links.addAll(text.links());
                faults.addAll(text.faults());
            } catch (Refusal.Invalid e) {
                faults.addAll(e.faults());
                fatal = true;
            }
        }
        Lines lines = fatal ? Lines.NONE : Lines.of(rules, links, BEHIND_ALL_GLOBAL);
        return new ProjectPolicy(name, mode, lines, faults);
    }

    private static String subject(String project, String role) {
        return "proj:" + project + ":" + role;
    }

    private static PolicyRule implied(String project, String subject) {
        return new PolicyRule(
                subject,
                Glob.literal("projects"),
                Glob.literal("get"),
                Glob.literal(project),
                true,
                "implied:" + project,
                0);
    }

    private static Pattern pattern(MatchMode mode, String text, boolean allows) {
        try {
            return Pattern.compile(mode, text);
        } catch (Pattern.Malformed e) {
            return allows ? Glob.nothing(text) : Glob.anything(text);
        }
    }

    /** The name of the project. */
    public String name() {
        return name;
    }

    /** How its patterns are read. */
    public MatchMode mode() {
        return mode;
    }

    /** What was passed over in a draft, as Argo CD does. */
    public List<Fault> faults() {
        return faults;
    }

    Lines lines() {
        return lines;
    }
}
