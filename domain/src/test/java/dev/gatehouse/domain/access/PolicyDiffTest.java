package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.project.GroupName;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.ProjectSpec;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.project.RolePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Every answer that changes is among the differences, or one of them speaks for it: found by asking everything. */
class PolicyDiffTest {
    private static final List<String> NAMES =
            List.of("alice", "bob", "devs", "ops", "role:a", "role:b", "proj:p1:dev", "proj:p2:dev");
    private static final List<String> RESOURCES = List.of("logs", "applications", "projects", "app*", "*");
    private static final List<String> ACTIONS = List.of("get", "sync", "update/*", "*/*", "*");
    private static final List<String> OBJECTS =
            List.of("*", "*/*", "p*", "p1/*", "p1/web", "p1/w*", "p2/*", "p3/*", "p1", "p2", "p1/\\*");
    private static final List<String> ASKED_RESOURCES = List.of("logs", "applications", "projects", "accounts", "x");
    private static final List<String> ASKED_ACTIONS = List.of("get", "sync", "update/x", "x/y", "x");
    private static final List<String> ASKED_OBJECTS = List.of(
            "p1/web", "p1/wx", "p1/x", "p1/*", "p2/web", "p2/x", "p3/x", "px", "px/x", "x/x", "p1", "p2", "p3", "x",
            "");

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void no_answer_changes_that_is_not_told(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> lines = lines(random);
        Policy before = policy(random, lines);
        Policy after = policy(random, changed(random, lines));
        List<Project> projects = List.of(project(random, "p1"), project(random, "p2"));
        Map<String, ProjectPolicy> own = projects.stream()
                .map(each -> ProjectPolicy.of(each, MatchMode.GLOB))
                .collect(Collectors.toMap(ProjectPolicy::name, each -> each));

        PolicyDiff diff = PolicyDiff.between(before, after, projects);

        if (!diff.complete()) return;
        List<String> subjects = new ArrayList<>(NAMES);
        subjects.addAll(List.of("others", "somebody"));
        Set<String> named = new HashSet<>(before.lines().names().all());
        named.addAll(after.lines().names().all());
        for (String subject : subjects)
            for (AccessQuestion question : questions()) {
                Optional<ProjectPolicy> project = question.project().map(own::get);
                Asker asker = Asker.local(subject);
                boolean could = before.decide(asker, question, project) instanceof Decision.Allowed;
                boolean can = after.decide(asker, question, project) instanceof Decision.Allowed;
                if (could == can) continue;
                List<PolicyRule> rules = rules(before, asker, project);
                rules.addAll(rules(after, asker, project));
                assertThat(can ? diff.gained() : diff.lost())
                        .as("seed %d: %s, %s", seed, subject, question)
                        .anyMatch(each -> (each.subject().equals(subject)
                                        || (each.subject().isEmpty() && !named.contains(subject)))
                                && alike(rules, each.question(), question));
            }
    }

    /** Whether no rule tells them apart. */
    private static boolean alike(List<PolicyRule> rules, AccessQuestion one, AccessQuestion other) {
        return rules.stream()
                .allMatch(each -> each.resource().matches(one.resource())
                                == each.resource().matches(other.resource())
                        && each.action().matches(one.action()) == each.action().matches(other.action())
                        && each.object().matches(one.object()) == each.object().matches(other.object()));
    }

    private static List<PolicyRule> rules(Policy policy, Asker asker, Optional<ProjectPolicy> project) {
        Set<Line> lines = new HashSet<>();
        Policy.Reach reach = policy.reach(asker, project);
        lines.addAll(reach.having().lines());
        lines.addAll(reach.denying().lines());
        policy.defaults(asker, project).forEach(each -> lines.addAll(each.lines()));
        return lines.stream().map(Line::rule).collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<AccessQuestion> questions() {
        List<AccessQuestion> questions = new ArrayList<>();
        for (String resource : ASKED_RESOURCES)
            for (String action : ASKED_ACTIONS)
                for (String object : ASKED_OBJECTS) questions.add(new AccessQuestion(resource, action, object));
        return questions;
    }

    private static Policy policy(Random random, List<String> lines) {
        String defaultRole = random.nextInt(3) == 0 ? pick(random, List.of("role:a", "role:b", "proj:p1:dev")) : "";
        return Policy.draft(
                new PolicyDocument(String.join("\n", lines), Map.of(), defaultRole, List.of(), MatchMode.GLOB, 1));
    }

    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) lines.add(rule(random));
        for (int i = random.nextInt(5); i > 0; i--) lines.add("g, " + pick(random, NAMES) + ", " + pick(random, NAMES));
        return lines;
    }

    private static List<String> changed(Random random, List<String> lines) {
        List<String> changed = new ArrayList<>(lines);
        if (random.nextBoolean()) changed.remove(random.nextInt(changed.size()));
        if (random.nextBoolean()) changed.add(rule(random));
        if (random.nextInt(3) == 0) changed.add("g, " + pick(random, NAMES) + ", " + pick(random, NAMES));
        return changed;
    }

    private static String rule(Random random) {
        return "p, " + pick(random, NAMES) + ", " + pick(random, RESOURCES) + ", " + pick(random, ACTIONS) + ", "
                + pick(random, OBJECTS) + (random.nextInt(4) == 0 ? ", deny" : ", allow");
    }

    private static Project project(Random random, String name) {
        List<String> policies = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--)
            policies.add("p, proj:" + name + ":dev, " + pick(random, List.of("logs", "applications")) + ", "
                    + pick(random, List.of("get", "sync", "update/*", "*")) + ", " + name
                    + pick(random, List.of("/*", "/web", "/w*"))
                    + (random.nextInt(4) == 0 ? ", deny" : ", allow"));
        List<String> groups = Stream.of("devs", "alice", "role:a", "others")
                .filter(each -> random.nextInt(3) == 0)
                .toList();
        return project(name, policies.stream().distinct().toList(), groups);
    }

    /** With one role, {@code dev}. */
    static Project project(String name, List<String> policies, List<String> groups) {
        ProjectName project = new ProjectName(name);
        RoleName role = new RoleName("dev");
        return Project.found(
                new ProjectId(name),
                project,
                ProjectLabels.NONE,
                new ProjectSpec(
                        "",
                        List.of(new ProjectRole(
                                role,
                                "",
                                policies.stream()
                                        .map(each -> RolePolicy.parse(project, role, each))
                                        .toList(),
                                groups.stream().map(GroupName::new).toList())),
                        ProjectSpec.NOTHING_ELSE),
                Instant.EPOCH);
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
