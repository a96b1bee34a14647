package dev.gatehouse.adapters.persistence.project;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.DuplicateKey;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

@Singleton
final class JdbcProjects implements Projects {
    private final Database database;

    JdbcProjects(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Project> find(ProjectName name) {
        return database.first(
                        "select " + ProjectRow.COLUMNS + " from project where name = ?", ProjectRow::read, name.value())
                .map(ProjectRow::toDomain);
    }

    @Override
    public Optional<Project> hold(ProjectName name) {
        return database.first(
                        "select " + ProjectRow.COLUMNS + " from project where name = ?" + database.holding(),
                        ProjectRow::read,
                        name.value())
                .map(ProjectRow::toDomain);
    }

    @Override
    public List<Project> all() {
        return database.list("select " + ProjectRow.COLUMNS + " from project order by name", ProjectRow::read).stream()
                .map(ProjectRow::toDomain)
                .toList();
    }

    @Override
    public void insert(Project project) {
        if (!database.insertIfAbsent(
                "project", ProjectRow.COLUMNS, ProjectRow.of(project).values()))
            throw conflict(Reason.ALREADY_EXISTS, project);
    }

    @Override
    public Project update(Project project) {
        ProjectRow next = ProjectRow.of(project.nextVersion());
        try {
            int changed = database.write(
                    """
                    update project
                    set name = ?, labels = ?, annotations = ?, finalizers = ?, description = ?, roles = ?, rest = ?,
                        created_at = ?, generation = ?, version = ?
                    where id = ? and version = ?""",
                    next.name(),
                    next.labels(),
                    next.annotations(),
                    next.finalizers(),
                    next.description(),
                    next.roles(),
                    next.rest(),
                    next.createdAt(),
                    next.generation(),
                    next.version(),
                    next.id(),
                    project.version());
            if (changed == 0) throw conflict(Reason.STALE, project);
        } catch (DuplicateKey e) {
            throw conflict(Reason.ALREADY_EXISTS, project);
        }
        return project.nextVersion();
    }

    @Override
    public void delete(Project project) {
        int removed = database.write(
                "delete from project where id = ? and version = ?", project.id().value(), project.version());
        if (removed == 0) throw conflict(Reason.STALE, project);
    }

    private static Refusal conflict(Reason reason, Project project) {
        return new Refusal.Conflict(reason, Project.KIND, project.name().value());
    }
}
