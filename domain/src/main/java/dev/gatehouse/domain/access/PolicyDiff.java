package dev.gatehouse.domain.access;

import dev.gatehouse.domain.project.Project;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which answers change from one policy to another, over the names, resources, actions and objects that the two mention. A
 * pattern is asked about as a text that it stands for: for {@code p1/*} that is this very text.
 *
 * @param gained what was denied and will be allowed, by subject
 * @param lost what was allowed and will be denied, by subject
 * @param complete whether nothing else changes: no more than that was asked, and all patterns that matter are texts,
 *     beginnings of texts, {@code *} or {@code *}{@code /*}
 */
public record PolicyDiff(List<Change> gained, List<Change> lost, boolean complete) {
    private static final int MOST_QUESTIONS = 2_000_000;
    private static final int MOST_CHANGES = 10_000;

    public PolicyDiff {
        gained = List.copyOf(gained);
        lost = List.copyOf(lost);
    }

    /** @param subject empty for everybody who is not named */
    public record Change(String subject, AccessQuestion question) {}

    /** Compares two policies beside the same projects. */
    public static PolicyDiff between(Policy before, Policy after, Collection<Project> projects) {
        return new Comparison(before, after, projects).run();
    }

    private static final class Comparison {
        private final Policy before;
        private final Policy after;
        private final Map<String, ProjectPolicy> projectsBefore = new HashMap<>();
        private final Map<String, ProjectPolicy> projectsAfter = new HashMap<>();
        private final Set<Change> gained = new LinkedHashSet<>();
        private final Set<Change> lost = new LinkedHashSet<>();
        private final Set<String> resources = new LinkedHashSet<>(AccessQuestion.RESOURCES);
        private final Set<String> actions = new LinkedHashSet<>(AccessQuestion.ACTIONS);
        private boolean complete = true;
        private int asked;

        Comparison(Policy before, Policy after, Collection<Project> projects) {
            this.before = before;
            this.after = after;
            for (Project each : projects) {
                projectsBefore.put(each.name().value(), ProjectPolicy.of(each, before.mode()));
                projectsAfter.put(
                        each.name().value(),
                        before.mode() == after.mode()
                                ? projectsBefore.get(each.name().value())
                                : ProjectPolicy.of(each, after.mode()));
            }
        }

        PolicyDiff run() {
            // The same for everybody who has nothing of their own.
            compare("", Optional.empty());
            Set<String> names = new TreeSet<>(before.lines().names().all());
            names.addAll(after.lines().names().all());
            names.remove("");
            for (String each : names) compare(each, Optional.empty());
            for (ProjectPolicy project : projectsBefore.values())
                for (String each : new TreeSet<>(project.lines().names().all()))
                    compare(each, Optional.of(project.name()));
            return new PolicyDiff(List.copyOf(gained), List.copyOf(lost), complete);
        }

        /** @param project the only one to ask about; absent to ask about all */
        private void compare(String subject, Optional<String> project) {
            Set<Key> had = keys(before, subject, project.map(projectsBefore::get));
            Set<Key> has = keys(after, subject, project.map(projectsAfter::get));
            Set<Key> different = new LinkedHashSet<>();
            for (Key each : had) if (!has.contains(each)) different.add(each);
            for (Key each : has) if (!had.contains(each)) different.add(each);
            if (different.isEmpty()) return;
            Set<Key> all = new LinkedHashSet<>(had);
            all.addAll(has);
            complete &= all.stream()
                    .allMatch(each -> Samples.tellAll(each.resource())
                            && Samples.tellAll(each.action())
                            && Samples.tellAll(each.object()));
            Set<String> someResources = samples(resources, all, Key::resource);
            Set<String> someActions = samples(actions, all, Key::action);
            Set<String> someObjects = samples(Set.of(), all, Key::object);
            for (String each : List.copyOf(someObjects)) if (each.indexOf('/') < 0) someObjects.add(each + "/*");
            Set<AccessQuestion> seen = new HashSet<>();
            for (Key key : different)
                for (String resource : matching(key.resource(), someResources))
                    for (String action : matching(key.action(), someActions))
                        for (String object : matching(key.object(), someObjects)) {
                            AccessQuestion question = new AccessQuestion(resource, action, object);
                            if (project.isPresent() && !question.project().equals(project)) continue;
                            if (!seen.add(question)) continue;
                            if (++asked > MOST_QUESTIONS || gained.size() + lost.size() >= MOST_CHANGES) {
                                complete = false;
                                return;
                            }
                            ask(subject, question);
                        }
        }

        private void ask(String subject, AccessQuestion question) {
            Asker asker = subject.isEmpty() ? Asker.anonymous() : Asker.local(subject);
            boolean could = allows(before, asker, question, projectsBefore);
            boolean can = allows(after, asker, question, projectsAfter);
            if (can && !could) gained.add(new Change(subject, question));
            if (could && !can) lost.add(new Change(subject, question));
        }

        private static boolean allows(
                Policy policy, Asker asker, AccessQuestion question, Map<String, ProjectPolicy> projects) {
            Optional<ProjectPolicy> project =
                    question.project().flatMap(each -> Optional.ofNullable(projects.get(each)));
            return policy.decide(asker, question, project) instanceof Decision.Allowed;
        }

        private static Set<String> samples(Set<String> known, Set<Key> keys, Function<Key, Pattern> field) {
            Set<String> samples = new LinkedHashSet<>(known);
            for (Key each : keys) samples.addAll(Samples.of(field.apply(each)));
            return samples;
        }

        private static List<String> matching(Pattern pattern, Set<String> texts) {
            return texts.stream().filter(pattern::matches).toList();
        }

        private static Set<Key> keys(Policy policy, String subject, Optional<ProjectPolicy> project) {
            Asker asker = subject.isEmpty() ? Asker.anonymous() : Asker.local(subject);
            Set<Key> keys = new LinkedHashSet<>();
            add(keys, policy.reach(asker, project).having(), false);
            for (Walk each : policy.defaults(asker, project)) add(keys, each, true);
            return keys;
        }

        private static void add(Set<Key> keys, Walk walk, boolean byDefault) {
            for (Line each : walk.lines())
                keys.add(new Key(
                        each.rule().resource(),
                        each.rule().action(),
                        each.rule().object(),
                        each.rule().allows(),
                        byDefault));
        }
    }

    /** What a rule says, whoever says it. */
    private record Key(Pattern resource, Pattern action, Pattern object, boolean allows, boolean byDefault) {}
}
