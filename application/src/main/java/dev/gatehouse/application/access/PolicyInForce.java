package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.AccessChange;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The policy in force and those of projects, made ready once and remembered for as long as nothing changes them. A change to
 * one project makes that one ready again and nothing else.
 */
public final class PolicyInForce {
    private static final int MOST_PROJECTS = 20_000;
    private static final List<AccessChange> RESTS_ON = List.of(new AccessChange.OfPolicy());

    private final Policies policies;
    private final Projects projects;
    private final AccessChanges changes;
    /** Also those that are not there. */
    private final Remembered<Key, Optional<ProjectPolicy>> remembered;
    /** By name, whenever they were made: what was read again is mostly as it was. */
    private final Map<String, Ready> ready = new ConcurrentHashMap<>();

    private final AtomicReference<Optional<Known>> known = new AtomicReference<>(Optional.empty());

    public PolicyInForce(Policies policies, Projects projects, AccessChanges changes) {
        this.policies = policies;
        this.projects = projects;
        this.changes = changes;
        this.remembered = new Remembered<>(changes, each -> new AccessChange.OfProject(each.name()), MOST_PROJECTS);
    }

    /**
     * What was read at one position of the log of changes.
     *
     * @param version of the document that the policy was made of
     */
    private record Known(long since, int version, Policy policy) {}

    private record Key(ProjectName name, MatchMode mode) {}

    /** A project and what was made of it. */
    private record Ready(Project project, ProjectPolicy policy) {
        boolean isOf(Project other, MatchMode mode) {
            return project.id().equals(other.id()) && project.version() == other.version() && policy.mode() == mode;
        }
    }

    /** The policy and the project of the question, as known now; may ask the store. */
    Answering answering(AccessQuestion question) {
        Policy policy = current();
        Optional<ProjectPolicy> project =
                nameIn(question).flatMap(name -> remembered.get(new Key(name, policy.mode()), this::read));
        return new Answering(policy, project);
    }

    /** The same from memory alone; absent when memory does not hold all of it. */
    Optional<Answering> recalled(AccessQuestion question) {
        Optional<Policy> policy = known.get().filter(this::holds).map(Known::policy);
        if (policy.isEmpty()) return Optional.empty();
        Optional<ProjectName> name = nameIn(question);
        if (name.isEmpty()) return Optional.of(new Answering(policy.get(), Optional.empty()));
        // A project that nobody asked for yet would have to be read.
        return remembered
                .recall(new Key(name.get(), policy.get().mode()))
                .map(each -> new Answering(policy.get(), each));
    }

    /** Whether the global policy gives or denies this name anything by itself; may ask the store. */
    boolean gives(String name) {
        return current().knows(name, Optional.empty());
    }

    /** What a question is put to. */
    record Answering(Policy policy, Optional<ProjectPolicy> project) {}

    private boolean holds(Known each) {
        return changes.untouched(each.since(), RESTS_ON);
    }

    private Policy current() {
        Optional<Known> before = known.get();
        if (before.isPresent() && holds(before.get())) return before.get().policy();
        // Taken before the reading, so that a change in between makes what was read old, never new.
        long since = changes.known().orElse(AccessChanges.NEVER);
        int version = policies.version();
        Known now = before.filter(each -> each.version() == version)
                .map(each -> new Known(since, version, each.policy()))
                .orElseGet(() -> read(since));
        known.set(Optional.of(now));
        return now.policy();
    }

    private Known read(long since) {
        PolicyDocument document = policies.current();
        return new Known(since, document.version(), Policy.of(document));
    }

    private static Optional<ProjectName> nameIn(AccessQuestion question) {
        return question.project().flatMap(ProjectName::ifValid);
    }

    private Optional<ProjectPolicy> read(Key key) {
        Optional<ProjectPolicy> found = projects.find(key.name()).map(each -> ready(each, key.mode()));
        if (found.isEmpty()) ready.remove(key.name().value());
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
