package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.access.Policy;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.access.ProjectPolicy;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.Projects;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The policy in force and those of projects, made ready once and remembered for as long as nothing changes. A change to one
 * project makes that one ready again and nothing else.
 */
public final class PolicyInForce {
    private static final int MOST_PROJECTS = 20_000;

    private final Policies policies;
    private final Projects projects;
    private final AccessChanges changes;
    /** By name, at whatever count they were made: most changes leave most projects as they were. */
    private final Map<String, Ready> ready = new ConcurrentHashMap<>();

    private final AtomicReference<Optional<Known>> known = new AtomicReference<>(Optional.empty());

    public PolicyInForce(Policies policies, Projects projects, AccessChanges changes) {
        this.policies = policies;
        this.projects = projects;
        this.changes = changes;
    }

    /**
     * What was read at one count of changes.
     *
     * @param version of the document that the policy was made of
     * @param projects filled as they are asked for; absent ones too, but never more than {@link PolicyInForce#MOST_PROJECTS}
     */
    private record Known(long changes, int version, Policy policy, Map<String, Optional<ProjectPolicy>> projects) {}

    /** A project and what was made of it. */
    private record Ready(Project project, ProjectPolicy policy) {
        boolean isOf(Project other, MatchMode mode) {
            return project.id().equals(other.id()) && project.version() == other.version() && policy.mode() == mode;
        }
    }

    /** The policy and the project of the question, as known now; may ask the store. */
    Answering answering(AccessQuestion question) {
        Known now = current();
        return new Answering(now.policy(), project(now, question));
    }

    /** The same from memory alone; absent when memory does not hold all of it. */
    Optional<Answering> recalled(AccessQuestion question) {
        OptionalLong count = changes.known();
        Optional<Known> now = known.get().filter(each -> count.isPresent() && each.changes() == count.getAsLong());
        if (now.isEmpty()) return Optional.empty();
        Optional<ProjectName> name = question.project().flatMap(ProjectName::ifValid);
        Optional<ProjectPolicy> project = name.isEmpty()
                ? Optional.empty()
                : now.get().projects().get(name.get().value());
        // A project that nobody asked for yet would have to be read.
        return project == null
                ? Optional.empty()
                : Optional.of(new Answering(now.get().policy(), project));
    }

    /** What a question is put to. */
    record Answering(Policy policy, Optional<ProjectPolicy> project) {}

    private Known current() {
        OptionalLong fresh = changes.known();
        // The count is taken before the reading, so that a change in between makes what was read old, never new.
        long count = fresh.isPresent() ? fresh.getAsLong() : changes.ask();
        Optional<Known> before = known.get();
        if (before.isPresent() && before.get().changes() == count) return before.get();
        int version = policies.version();
        Known now = before.filter(each -> each.version() == version)
                .map(each -> new Known(count, version, each.policy(), new ConcurrentHashMap<>()))
                .orElseGet(() -> read(count));
        known.set(Optional.of(now));
        return now;
    }

    private Known read(long count) {
        PolicyDocument document = policies.current();
        return new Known(count, document.version(), Policy.of(document), new ConcurrentHashMap<>());
    }

    private Optional<ProjectPolicy> project(Known now, AccessQuestion question) {
        Optional<ProjectName> name = question.project().flatMap(ProjectName::ifValid);
        if (name.isEmpty()) return Optional.empty();
        String key = name.get().value();
        Optional<ProjectPolicy> seen = now.projects().get(key);
        if (seen != null) return seen;
        Optional<ProjectPolicy> found =
                projects.find(name.get()).map(each -> ready(each, now.policy().mode()));
        if (found.isEmpty()) ready.remove(key);
        if (now.projects().size() < MOST_PROJECTS) now.projects().put(key, found);
        return found;
    }

    private ProjectPolicy ready(Project project, MatchMode mode) {
        String key = project.name().value();
        Ready before = ready.get(key);
        if (before != null && before.isOf(project, mode)) return before.policy();
        ProjectPolicy policy = ProjectPolicy.of(project, mode);
        if (ready.size() >= MOST_PROJECTS) ready.clear();
        ready.put(key, new Ready(project, policy));
        return policy;
    }
}
