package dev.gatehouse.adapters.testkit.project;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Projects in memory. */
public final class InMemoryProjects implements Projects {
    private final InMemoryStore store;
    private final InMemoryStore.Table<ProjectName, Project> rows;

    public InMemoryProjects(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public Optional<Project> find(ProjectName name) {
        return rows.find(name);
    }

    @Override
    public Optional<Project> hold(ProjectName name) {
        return store.write(() -> rows.find(name));
    }

    @Override
    public List<Project> all() {
        return rows.all().stream()
                .sorted(Comparator.comparing(each -> each.name().value()))
                .toList();
    }

    @Override
    public void insert(Project project) {
        store.write(() -> {
            if (rows.find(project.name()).isPresent()) throw conflict(Reason.ALREADY_EXISTS, project);
            rows.put(project.name(), project);
            return true;
        });
    }

    @Override
    public Project update(Project project) {
        return store.write(() -> {
            mustBeCurrent(project);
            Project next = project.nextVersion();
            rows.put(project.name(), next);
            return next;
        });
    }

    @Override
    public void delete(Project project) {
        store.write(() -> {
            mustBeCurrent(project);
            rows.remove(project.name());
            return true;
        });
    }

    private void mustBeCurrent(Project project) {
        boolean current = rows.find(project.name())
                .filter(each -> each.id().equals(project.id()) && each.version() == project.version())
                .isPresent();
        if (!current) throw conflict(Reason.STALE, project);
    }

    private static Refusal conflict(Reason reason, Project project) {
        return new Refusal.Conflict(reason, Project.KIND, project.name().value());
    }
}
