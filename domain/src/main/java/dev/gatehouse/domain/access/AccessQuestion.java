package dev.gatehouse.domain.access;

import java.util.Optional;
import java.util.Set;

/**
 * May somebody do this?
 *
 * @param resource a kind of thing, see {@link #RESOURCES}
 * @param action a verb, possibly composed ({@code update/apps/Deployment/…})
 * @param object which one, as policies write it; possibly empty
 */
public record AccessQuestion(String resource, String action, String object) {
    /** What a question can break. */
    public enum Broken implements dev.gatehouse.domain.shared.Rule {
        /** Not a resource. Argument: what was asked. */
        RESOURCE,
        /** Not an action. Argument: what was asked. */
        ACTION
    }

    /** The resources of Argo CD (contract 5.7) and our own (D10), in the order in which they are listed to people. */
    public static final Set<String> RESOURCES =
            java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(java.util.List.of(
                    "clusters",
                    "projects",
                    "applications",
                    "applicationsets",
                    "repositories",
                    "write-repositories",
                    "certificates",
                    "accounts",
                    "gpgkeys",
                    "logs",
                    "exec",
                    "extensions",
                    "workflows",
                    "workflowtemplates",
                    "workfloweventbindings",
                    "events",
                    "webhookclients",
                    "tokens",
                    "sessions",
                    "audit",
                    "policies")));

    /** The bare actions, in the order in which they are listed to people. */
    public static final Set<String> ACTIONS =
            java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(java.util.List.of(
                    "get", "list", "create", "update", "delete", "sync", "rollback", "override", "action", "invoke")));

    private static final Set<String> OF_PROJECT_OBJECTS = Set.of(
            "applications",
            "applicationsets",
            "repositories",
            "clusters",
            "logs",
            "exec",
            "workflows",
            "workflowtemplates",
            "workfloweventbindings",
            "events",
            "webhookclients",
            "tokens");

    /** The project whose own policies have a say: what stands before the first {@code /}, or the project itself. */
    public Optional<String> project() {
        if (resource.equals("projects")) return Optional.of(object);
        int slash = object.indexOf('/');
        return OF_PROJECT_OBJECTS.contains(resource) && slash > 0
                ? Optional.of(object.substring(0, slash))
                : Optional.empty();
    }
}
