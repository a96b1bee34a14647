package dev.gatehouse.application.access;

import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.access.Policy;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Decides by the policy in force, which it remembers for as long as nothing changes. */
public final class AuthorizationService implements Authorizing {
    private final Policies policies;
    private final Projects projects;
    private final AccessChanges changes;
    private final Acts acts;
    private final AtomicReference<Optional<Known>> known = new AtomicReference<>(Optional.empty());

    public AuthorizationService(Policies policies, Projects projects, AccessChanges changes, Acts acts) {
        this.policies = policies;
        this.projects = projects;
        this.changes = changes;
        this.acts = acts;
    }

    /**
     * What was read at one count of changes.
     *
     * @param projects filled as they are asked for; absent ones too, but never more than {@link #MOST_PROJECTS}
     */
    private record Known(long changes, Policy policy, Map<String, Optional<Project>> projects) {
        private static final int MOST_PROJECTS = 20_000;
    }

    @Override
    public Decision decide(Caller caller, AccessQuestion question) {
        Known now = current();
        return now.policy().decide(caller, question, project(now, question));
    }

    @Override
    public void require(Caller caller, AccessQuestion question) {
        switch (decide(caller, question)) {
            case Decision.Allowed allowed -> {}
            case Decision.Denied denied -> {
                acts.refused(
                        caller,
                        AuditAction.ACCESS_DENIED,
                        new Target(question.resource() + "/" + question.action(), question.object()),
                        "denied");
                throw new Refusal.Forbidden(
                        question.resource(), question.action(), question.object(), caller.name(), caller.issuedAt());
            }
        }
    }

    @Override
    public Optional<Decision> recall(Caller caller, AccessQuestion question) {
        OptionalLong count = changes.known();
        Optional<Known> now = known.get().filter(each -> count.isPresent() && each.changes() == count.getAsLong());
        if (now.isEmpty()) return Optional.empty();
        Optional<ProjectName> name = question.project().flatMap(ProjectName::ifValid);
        Optional<Project> project = name.isEmpty()
                ? Optional.empty()
                : now.get().projects().get(name.get().value());
        // A project that nobody asked for yet would have to be read.
        return project == null
                ? Optional.empty()
                : Optional.of(now.get().policy().decide(caller, question, project));
    }

    private Known current() {
        OptionalLong fresh = changes.known();
        // The count is taken before the reading, so that a change in between makes what was read old, never new.
        long count = fresh.isPresent() ? fresh.getAsLong() : changes.ask();
        Optional<Known> before = known.get();
        if (before.isPresent() && before.get().changes() == count) return before.get();
        Known now = new Known(count, Policy.of(policies.current()), new ConcurrentHashMap<>());
        known.set(Optional.of(now));
        return now;
    }

    private Optional<Project> project(Known now, AccessQuestion question) {
        Optional<ProjectName> name = question.project().flatMap(ProjectName::ifValid);
        if (name.isEmpty()) return Optional.empty();
        Optional<Project> seen = now.projects().get(name.get().value());
        if (seen != null) return seen;
        Optional<Project> found = projects.find(name.get());
        if (now.projects().size() < Known.MOST_PROJECTS)
            now.projects().put(name.get().value(), found);
        return found;
    }
}
