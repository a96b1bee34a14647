package dev.gatehouse.adapters.persistence.project;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.adapters.persistence.JsonText;
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
import java.util.List;
import java.util.Map;

/**
 * @param labels a JSON object
 * @param annotations a JSON object
 * @param finalizers a JSON array
 * @param roles a JSON array of {@link Role}
 */
record ProjectRow(
        String id,
        String name,
        String labels,
        String annotations,
        String finalizers,
        String description,
        String roles,
        String rest,
        Instant createdAt,
        int generation,
        int version) {
    static final String COLUMNS =
            "id, name, labels, annotations, finalizers, description, roles, rest, created_at," + " generation, version";

    private static final TypeReference<Map<String, String>> TEXTS_BY_NAME = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<Role>> ROLES = new TypeReference<>() {};

    /** A role as JSON. */
    record Role(String name, String description, List<Policy> policies, List<String> groups) {
        static Role of(ProjectRole role) {
            return new Role(
                    role.name().value(),
                    role.description(),
                    role.policies().stream().map(Policy::of).toList(),
                    role.groups().stream().map(GroupName::text).toList());
        }

        ProjectRole toDomain() {
            return new ProjectRole(
                    new RoleName(name),
                    description,
                    policies.stream().map(Policy::toDomain).toList(),
                    groups.stream().map(GroupName::new).toList());
        }
    }

    /** A policy as JSON, with its parts, so that reading it does not parse it again. */
    record Policy(String text, String resource, String action, String object, boolean allows) {
        static Policy of(RolePolicy policy) {
            return new Policy(policy.text(), policy.resource(), policy.action(), policy.object(), policy.allows());
        }

        RolePolicy toDomain() {
            return new RolePolicy(text, resource, action, object, allows);
        }
    }

    static ProjectRow of(Project project) {
        return new ProjectRow(
                project.id().value(),
                project.name().value(),
                JsonText.of(project.labels().labels()),
                JsonText.of(project.labels().annotations()),
                JsonText.of(project.labels().finalizers()),
                project.spec().description(),
                JsonText.of(project.spec().roles().stream().map(Role::of).toList()),
                project.spec().rest(),
                project.createdAt(),
                project.generation(),
                project.version());
    }

    static ProjectRow read(Columns columns) {
        return new ProjectRow(
                columns.text("id"),
                columns.text("name"),
                columns.text("labels"),
                columns.text("annotations"),
                columns.text("finalizers"),
                columns.text("description"),
                columns.text("roles"),
                columns.text("rest"),
                columns.instant("created_at"),
                columns.number("generation"),
                columns.number("version"));
    }

    Project toDomain() {
        return new Project(
                new ProjectId(id),
                new ProjectName(name),
                new ProjectLabels(
                        JsonText.read(labels, TEXTS_BY_NAME),
                        JsonText.read(annotations, TEXTS_BY_NAME),
                        JsonText.read(finalizers, TEXTS)),
                new ProjectSpec(
                        description,
                        JsonText.read(roles, ROLES).stream().map(Role::toDomain).toList(),
                        BoundsRow.read(rest),
                        rest),
                createdAt,
                generation,
                version);
    }

    /** The characters of its texts. */
    long length() {
        return (long) labels.length()
                + annotations.length()
                + finalizers.length()
                + description.length()
                + roles.length()
                + rest.length();
    }

    /** In the order of {@link #COLUMNS}. */
    Object[] values() {
        return new Object[] {
            id, name, labels, annotations, finalizers, description, roles, rest, createdAt, generation, version
        };
    }
}
