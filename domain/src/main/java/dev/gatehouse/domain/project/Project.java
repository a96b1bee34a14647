package dev.gatehouse.domain.project;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The unit of scope.
 *
 * @param generation counts what its owner wrote, from 1
 * @param version counts all changes, from 1
 */
public record Project(
        ProjectId id,
        ProjectName name,
        ProjectLabels labels,
        ProjectSpec spec,
        Instant createdAt,
        int generation,
        int version) {
    /** What refusals and the audit call it. */
    public static final String KIND = "project";
    /** What refusals call one of its roles. */
    public static final String ROLE_KIND = "projectRole";
    /** Always there; cannot be deleted (Argo CD contract 4.6). */
    public static final ProjectName DEFAULT = new ProjectName("default");

    /** What the project {@code default} starts with: everything is permitted in it, and it has no roles. */
    public static final ProjectSpec DEFAULT_SPEC = new ProjectSpec(
            "",
            List.of(),
            new ProjectBounds(
                    List.of(new ProjectBounds.Destination("*", "*", "")),
                    List.of(),
                    List.of("*"),
                    List.of(),
                    List.of(),
                    new ProjectBounds.ResourceLists(
                            List.of(new ProjectBounds.ResourceKind("*", "*", "")), List.of(), List.of(), List.of())),
            "{\"sourceRepos\":[\"*\"],\"destinations\":[{\"server\":\"*\",\"namespace\":\"*\"}],"
                    + "\"clusterResourceWhitelist\":[{\"group\":\"*\",\"kind\":\"*\"}]}");

    /** A new project. */
    public static Project found(ProjectId id, ProjectName name, ProjectLabels labels, ProjectSpec spec, Instant now) {
        return new Project(id, name, labels, spec, now, 1, 1);
    }

    /** The same project with another content, or written again with the same; the generation counts up. */
    public Project with(ProjectLabels newLabels, ProjectSpec newSpec) {
        return new Project(id, name, newLabels, newSpec, createdAt, generation + 1, version);
    }

    /** The same project with other labels, as it is shown, not as it is written. */
    public Project with(ProjectLabels newLabels) {
        return new Project(id, name, newLabels, spec, createdAt, generation, version);
    }

    /** What its readers send back with a change. */
    public ResourceVersion resourceVersion() {
        return ResourceVersion.of(id, version);
    }

    /** The next version, for a store that just replaced this one. */
    public Project nextVersion() {
        return new Project(id, name, labels, spec, createdAt, generation, version + 1);
    }

    public Optional<ProjectRole> role(RoleName roleName) {
        return spec.role(roleName);
    }

    /** The roles that this project has and the other has not. */
    public List<RoleName> rolesGoneIn(Project other) {
        return spec.roles().stream()
                .map(ProjectRole::name)
                .filter(each -> other.role(each).isEmpty())
                .toList();
    }
}
