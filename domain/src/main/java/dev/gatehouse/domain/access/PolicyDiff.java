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
 * pattern is asked about as a text that it stands for: for {@code p1/*} that is this very text, and what is said of it holds
 * for every other text of which the same rules speak.
 *
 * @param gained what was denied and will be allowed, by subject
 * @param lost what was allowed and will be denied, by subject
 * @param complete whether nothing else changes: the comparison came to its end, and all patterns that matter are texts,
 *     beginnings of texts, {@code *} or {@code *}{@code /*}
 */
public record PolicyDiff(List<Change> gained, List<Change> lost, boolean complete) {
    private static final int MOST_QUESTIONS = 2_000_000;
    private static final int MOST_CHANGES = 10_000;
    /** So many rules are compared, and patterns held against texts, to find what to ask. */
    private static final long MOST_TRIED = 50_000_000;

    public PolicyDiff {
        gained = List.copyOf(gained);
        lost = List.copyOf(lost);
    }

    /** @param subject empty for everybody whom neither of the two names */
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
        /** Those whose own lines speak of a name. */
        private final Map<String, Set<String>> projectsOf = new HashMap<>();

        private final Set<Change> gained = new LinkedHashSet<>();
        private final Set<Change> lost = new LinkedHashSet<>();
        private final Set<String> resources = new LinkedHashSet<>(AccessQuestion.RESOURCES);
        private final Set<String> actions = new LinkedHashSet<>(AccessQuestion.ACTIONS);
        private boolean complete = true;
        private int asked;
        private long tried;

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
            // Their names are the same in both modes.
            projectsBefore.forEach((project, own) -> own.lines()
                    .names()
                    .all()
                    .forEach(name -> projectsOf
                            .computeIfAbsent(name, any -> new TreeSet<>())
                            .add(project)));
        }

        PolicyDiff run() {
            Set<String> names = new TreeSet<>(before.lines().names().all());
            names.addAll(after.lines().names().all());
            // The same for everybody who has nothing of their own.
            names.add("");
            for (String each : names) {
                boolean differs = compare(each, Optional.empty());
                for (String project : projectsThatMatterTo(each, differs)) compare(each, Optional.of(project));
            }
            projectsOf.forEach((name, projects) -> {
                if (!names.contains(name)) projects.forEach(each -> compare(name, Optional.of(each)));
            });
            return new PolicyDiff(List.copyOf(gained), List.copyOf(lost), complete);
        }

        /** Where somebody may have more or less than elsewhere. */
        private Set<String> projectsThatMatterTo(String subject, boolean differs) {
            if (differs && isOfProject(subject)) return new TreeSet<>(projectsBefore.keySet());
            Set<String> projects = new TreeSet<>();
            for (Policy policy : List.of(before, after)) {
                Set<String> reached = new HashSet<>(
                        policy.reach(asker(subject), Optional.empty()).having().names());
                policy.defaults(asker(subject), Optional.empty()).forEach(each -> reached.addAll(each.names()));
                reached.add(subject);
                reached.add(policy.defaultRole());
                reached.forEach(each -> projects.addAll(projectsOf.getOrDefault(each, Set.of())));
            }
            return projects;
        }

        private static boolean isOfProject(String subject) {
            return subject.startsWith("proj:");
        }

        private static Asker asker(String subject) {
            return Asker.local(subject);
        }

        /**
         * @param project the only one to ask about; absent to ask about all
         * @return whether the subject has other rules than before
         */
        private boolean compare(String subject, Optional<String> project) {
            if (tried > MOST_TRIED) {
                complete = false;
                return false;
            }
            Set<Key> had = keys(before, subject, project.map(projectsBefore::get));
            Set<Key> has = keys(after, subject, project.map(projectsAfter::get));
            Set<Key> different = new LinkedHashSet<>();
            for (Key each : had) if (!has.contains(each)) different.add(each);
            for (Key each : has) if (!had.contains(each)) different.add(each);
            tried += had.size() + has.size();
            if (different.isEmpty()) return false;
            Set<Key> all = new LinkedHashSet<>(had);
            all.addAll(has);
            complete &= all.stream()
                    .allMatch(each -> Samples.tellAll(each.resource())
                            && Samples.tellAll(each.action())
                            && Samples.tellAll(each.object()));
            Set<String> someResources = samples(resources, all, Key::resource);
            Set<String> someActions = samples(actions, all, Key::action);
            Set<String> someObjects = samples(Set.of(), all, Key::object);
            // A role of one project has less in every other, whatever those say themselves.
            if (isOfProject(subject)) project.ifPresent(each -> someObjects.addAll(List.of(each, each + "/*")));
            for (Set<String> some : List.of(someResources, someActions, someObjects))
                for (String each : List.copyOf(some)) if (each.indexOf('/') < 0) some.add(each + "/*");
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
                                return true;
                            }
                            ask(subject, question);
                        }
            return true;
        }

        private void ask(String subject, AccessQuestion question) {
            ask(asker(subject), subject, question);
            if (subject.isEmpty()) ask(Asker.anonymous(), subject, question);
        }

        private void ask(Asker asker, String subject, AccessQuestion question) {
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

        private List<String> matching(Pattern pattern, Set<String> texts) {
            if (pattern.shape().kind() == Pattern.Shape.Kind.EXACT)
                return List.of(pattern.shape().key());
            tried += texts.size();
            if (tried <= MOST_TRIED)
                return texts.stream().filter(pattern::matches).toList();
            complete = false;
            return List.of();
        }

        private static Set<Key> keys(Policy policy, String subject, Optional<ProjectPolicy> project) {
            Asker asker = asker(subject);
            Set<Key> keys = new LinkedHashSet<>();
            Policy.Reach reach = policy.reach(asker, project);
            add(keys, reach.having(), false);
            add(keys, reach.denying(), false);
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
