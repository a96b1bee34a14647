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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

@Singleton
final class JdbcProjects implements Projects {
    /** Of as many projects it is remembered what their rows mean, where a row is not long: to read it takes as long as to query it. */
    private static final int MOST_MEANINGS = 64;

    private static final int LONGEST_REMEMBERED = 32_768;

    private final Database database;
    private final Map<String, Meaning> meanings = new ConcurrentHashMap<>();

    private record Meaning(ProjectRow row, Project project) {}

    JdbcProjects(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Project> find(ProjectName name) {
        return database.first(
                        "select " + ProjectRow.COLUMNS + " from project where name = ?", ProjectRow::read, name.value())
                .map(this::meaningOf);
    }

    @Override
    public Optional<Project> hold(ProjectName name) {
        if (database.isEmbedded()) return share(name);
        return database.first(
                        "select " + ProjectRow.COLUMNS + " from project where name = ?" + database.holding(),
                        ProjectRow::read,
                        name.value())
                .map(this::meaningOf);
    }

    private Optional<Project> share(ProjectName name) {
        Optional<String> id =
                database.first("select id from project where name = ?", columns -> columns.text("id"), name.value());
        id.ifPresent(each -> database.share(lockOf(each)));
        // Read only now: who changed it before is done.
        Optional<Project> found = find(name);
        // Removed, and made anew by somebody else: that one is not held yet.
        return found.map(each -> each.id().value()).equals(id) ? found : share(name);
    }

    private static String lockOf(String id) {
        return "project/" + id;
    }

    /** Equal rows mean equal projects. */
    private Project meaningOf(ProjectRow row) {
        Meaning before = meanings.get(row.id());
        if (before != null && before.row().equals(row)) return before.project();
        Project project = row.toDomain();
        if (row.length() <= LONGEST_REMEMBERED) {
            if (meanings.size() >= MOST_MEANINGS) meanings.clear();
            meanings.put(row.id(), new Meaning(row, project));
        }
        return project;
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
        return database.changing(lockOf(project.id().value()), () -> updated(project));
    }

    private Project updated(Project project) {
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
        String id = project.id().value();
        int removed = database.changing(
                lockOf(id),
                () -> database.write("delete from project where id = ? and version = ?", id, project.version()));
        if (removed == 0) throw conflict(Reason.STALE, project);
    }

    private static Refusal conflict(Reason reason, Project project) {
        return new Refusal.Conflict(reason, Project.KIND, project.name().value());
    }
}
