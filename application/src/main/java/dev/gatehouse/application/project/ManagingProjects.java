package dev.gatehouse.application.project;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.token.ApiToken;
import java.util.List;

/** What keepers of projects do (Argo CD contract 4). */
public interface ManagingProjects {
    /** Those the caller may see, by name. */
    List<Kept> list(Caller caller);

    /**
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code projects, get, name}, whether or not it exists
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when the caller may know that
     */
    Kept get(Caller caller, String name);

    /**
     * Makes a project. One that is already there and has the same spec is given back as it is; with another spec it is
     * replaced when {@code upsert} asks for that, which takes {@code projects, update, name} besides.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code projects, create, name}
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when it breaks a rule, or is there with another spec
     */
    Kept create(Caller caller, Draft draft, boolean upsert);

    /**
     * Replaces labels and spec. Tokens of roles that are gone by it end at once.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code projects, update, name}
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when it was changed since the version of the draft
     */
    Kept update(Caller caller, Draft draft);

    /**
     * Removes the project; its tokens and webhook clients end at once. The project {@code default} stays.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code projects, delete, name}
     */
    void delete(Caller caller, String name);

    /**
     * A project as keepers see it.
     *
     * @param tokens those of all its roles that are not revoked, the newest first
     */
    record Kept(Project project, List<ApiToken> tokens) {}

    /**
     * A project as its owner sends it; nothing of it has been looked at.
     *
     * @param version the {@code resourceVersion} as text; empty when absent
     * @param rest every other member of the spec, as the text of one JSON object
     */
    record Draft(
            String name,
            String namespace,
            String version,
            ProjectLabels labels,
            String description,
            List<RoleDraft> roles,
            String rest) {
        public Draft {
            roles = List.copyOf(roles);
        }
    }

    /** A role as its owner sends it; nothing of it has been looked at. */
    record RoleDraft(String name, String description, List<String> policies, List<String> groups) {
        public RoleDraft {
            policies = List.copyOf(policies);
            groups = List.copyOf(groups);
        }
    }
}
