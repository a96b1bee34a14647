package dev.gatehouse.domain.access;

import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Rule;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
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
    public enum Broken implements Rule {
        /** Not a resource. Argument: what was asked. */
        RESOURCE,
        /** Not an action. Argument: what was asked. */
        ACTION
    }

    /** The resources of Argo CD (contract 5.7) and our own (D10), in the order in which they are listed to people. */
    public static final Set<String> RESOURCES = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(
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
            "policies",
            "signingkeys",
            "metrics")));

    /** The bare actions, in the order in which they are listed to people. */
    public static final Set<String> ACTIONS = Collections.unmodifiableSet(new LinkedHashSet<>(
            List.of("get", "list", "create", "update", "delete", "sync", "rollback", "override", "action", "invoke")));

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

    /**
     * A question in bare words, as people ask it.
     *
     * @throws Refusal.Invalid when the action or the resource is not one of those listed; the
     *     action is looked at first (Argo CD contract 3.7)
     */
    public static AccessQuestion inBareWords(String resource, String action, String object) {
        if (!ACTIONS.contains(action)) throw new Refusal.Invalid("action", Broken.ACTION, action);
        if (!RESOURCES.contains(resource)) throw new Refusal.Invalid("resource", Broken.RESOURCE, resource);
        return new AccessQuestion(resource, action, object);
    }

    /** The project whose own policies have a say: what stands before the first {@code /}, or the project itself. */
    public Optional<String> project() {
        if (resource.equals("projects")) return Optional.of(object);
        int slash = object.indexOf('/');
        return OF_PROJECT_OBJECTS.contains(resource) && slash > 0
                ? Optional.of(object.substring(0, slash))
                : Optional.empty();
    }
}
