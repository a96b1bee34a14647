package dev.gatehouse.application.project;

import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectBounds;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import java.util.List;
import java.util.Optional;

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
     * Makes a project. One that is already there and has the same spec is given back as it is, without labels and tokens to
     * a caller who may not get it; with another spec its spec is replaced when {@code upsert} asks for that, which takes
     * what {@link #update} takes.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code projects, create, name}, or when it gives what
     *     the caller does not hold: see {@link #update}
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when it breaks a rule, or is there with another spec
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent
     *     sign-in and there are roles
     */
    default Kept create(Caller caller, Draft draft, boolean upsert) {
        return create(caller, draft, upsert, Optional.empty());
    }

    /**
     * As {@link #create(Caller, Draft, boolean)}. The same request with the same key gives the project that it made or
     * replaced, as it is by then, and replaces nothing again.
     *
     * @param repetition absent: each request does what it says
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when the project that the same request made is gone
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when the key was used for another request
     */
    Kept create(Caller caller, Draft draft, boolean upsert, Optional<Repetition> repetition);

    /**
     * Replaces labels and spec. Tokens of roles that are gone by it end at once.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code projects, update, name}; without {@code clusters,
     *     update, server} for each server, and {@code repositories, update, repo} for each repository, that it adds or
     *     removes, and for every server when it changes which kinds of resources are permitted; when it gives in the project
     *     what the caller does not hold, unless the caller holds {@code projects, update, *}
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when it was changed since the version of the draft
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent
     *     sign-in and the roles are others
     */
    Kept update(Caller caller, Draft draft);

    /** What {@link #update} would come to; refuses as that does, but asks nobody to sign in again. Changes nothing. */
    Rehearsed rehearseUpdate(Caller caller, Draft draft);

    /**
     * Removes the project; its tokens and webhook clients end at once. The project {@code default} stays.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code projects, delete, name}
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent sign-in
     */
    void delete(Caller caller, String name);

    /**
     * How many tokens {@link #delete} would end that count, or will from some moment on; refuses as that does, but asks
     * nobody to sign in again. Changes nothing.
     */
    long rehearseDeletion(Caller caller, String name);

    /**
     * @param project as it would be
     * @param tokens how many would end that count, or will from some moment on: those of roles that are gone by it
     */
    record Rehearsed(Kept project, long tokens) {}

    /**
     * Which of its windows are open now.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden as {@link #get}
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound as {@link #get}
     */
    Open windows(Caller caller, String name);

    /**
     * What was done to the project and to the tokens of its roles since it was made, the newest first; at most 100 acts.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden as {@link #get}
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound as {@link #get}
     */
    History events(Caller caller, String name);

    /**
     * A project as keepers see it.
     *
     * @param tokens those of all its roles that are not revoked, the newest first; the newest {@link ApiTokens#MOST_SHOWN} only,
     *     and in a list of projects so many in all
     * @param given how many tokens its roles ever got
     */
    record Kept(Project project, List<ApiToken> tokens, int given) {
        /** Counts what its owner wrote and the tokens that were given out, from 1. */
        public int generation() {
            return project.generation() + given;
        }
    }

    /** @param windows places in the bounds of its spec, from 0 */
    record Open(Project project, List<Integer> windows) {}

    /** @param acts the newest first */
    record History(Project project, List<AuditTrail.Numbered> acts) {}

    /**
     * A project as its owner sends it; nothing of it has been looked at.
     *
     * @param version the {@code resourceVersion} as text; empty when absent
     * @param bounds what {@code rest} says of sources, destinations, windows and service accounts
     * @param rest every other member of the spec, as the text of one JSON object
     */
    record Draft(
            String name,
            String namespace,
            String version,
            ProjectLabels labels,
            String description,
            List<RoleDraft> roles,
            ProjectBounds bounds,
            String rest) {
        public Draft {
            roles = List.copyOf(roles);
        }

        /** One that bounds nothing. */
        public Draft(
                String name,
                String namespace,
                String version,
                ProjectLabels labels,
                String description,
                List<RoleDraft> roles,
                String rest) {
            this(name, namespace, version, labels, description, roles, ProjectBounds.NONE, rest);
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
