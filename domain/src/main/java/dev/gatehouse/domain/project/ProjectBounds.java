package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Refusal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a project permits to the applications of Argo's clients: the members of an AppProject's {@code spec} that Gatehouse
 * checks and otherwise only keeps. All in the order they were written; absent is empty.
 */
public record ProjectBounds(
        List<Destination> destinations,
        List<String> sourceNamespaces,
        List<String> sourceRepos,
        List<SyncWindow> syncWindows,
        List<ServiceAccount> serviceAccounts,
        ResourceLists resources) {
    /** Nothing of it. */
    public static final ProjectBounds NONE =
            new ProjectBounds(List.of(), List.of(), List.of(), List.of(), List.of(), ResourceLists.NONE);

    private static final String NOWHERE = "!*";
    private static final String NO_PART_OF_AN_ACCOUNT = "!*[]{}\\/";

    public ProjectBounds {
        destinations = List.copyOf(destinations);
        sourceNamespaces = List.copyOf(sourceNamespaces);
        sourceRepos = List.copyOf(sourceRepos);
        syncWindows = List.copyOf(syncWindows);
        serviceAccounts = List.copyOf(serviceAccounts);
    }

    /**
     * Where applications may go.
     *
     * @param server address of a cluster, possibly a pattern; empty when it is named
     * @param name of a cluster; empty when its address is given
     */
    public record Destination(String server, String namespace, String name) {
        String key() {
            return (server.isEmpty() && !name.isEmpty() ? name : server) + "/" + namespace;
        }
    }

    /** As whom an application acts at a destination. */
    public record ServiceAccount(String server, String namespace, String account) {
        String key() {
            return server + "/" + namespace;
        }
    }

    /** Kinds of resources of a cluster; the name is possibly empty. */
    public record ResourceKind(String group, String kind, String name) {}

    /** Which kinds of resources applications may and may not make. */
    public record ResourceLists(
            List<ResourceKind> clusterWhitelist,
            List<ResourceKind> clusterBlacklist,
            List<ResourceKind> namespaceWhitelist,
            List<ResourceKind> namespaceBlacklist) {
        static final ResourceLists NONE = new ResourceLists(List.of(), List.of(), List.of(), List.of());

        public ResourceLists {
            clusterWhitelist = List.copyOf(clusterWhitelist);
            clusterBlacklist = List.copyOf(clusterBlacklist);
            namespaceWhitelist = List.copyOf(namespaceWhitelist);
            namespaceBlacklist = List.copyOf(namespaceBlacklist);
        }
    }

    /** Finds the first fault in destinations, source namespaces and repositories (Argo CD contract 4.3). */
    void checkPlaces() {
        for (Destination each : destinations) {
            if (each.name().equals(NOWHERE)) throw format("spec.destinations", "name", NOWHERE);
            if (each.server().equals(NOWHERE)) throw format("spec.destinations", "server", NOWHERE);
            if (each.namespace().equals(NOWHERE)) throw format("spec.destinations", "namespace", NOWHERE);
        }
        once("spec.destinations", "destination", destinations, Destination::key);
        once("spec.sourceNamespaces", "source namespace", sourceNamespaces, each -> each);
        for (String each : sourceRepos)
            if (each.equals(NOWHERE)) throw format("spec.sourceRepos", "source repository", NOWHERE);
        once("spec.sourceRepos", "source repository", sourceRepos, each -> each);
    }

    /** Finds the first fault in windows and service accounts (Argo CD contract 4.3). */
    void checkWindowsAndAccounts() {
        Set<SyncWindow> seen = new HashSet<>();
        for (SyncWindow each : syncWindows) {
            if (!seen.add(each.identity()))
                throw new Refusal.Invalid(
                        "spec.syncWindows",
                        ProjectRule.WINDOW_TWICE,
                        each.identity().spelled());
            each.check();
        }
        String where = "spec.destinationServiceAccounts";
        for (ServiceAccount each : serviceAccounts) {
            if (each.server().contains("!")) throw format(where, "server", each.server());
            if (each.namespace().contains("!")) throw format(where, "namespace", each.namespace());
            if (each.account().isBlank()
                    || each.account().chars().anyMatch(one -> NO_PART_OF_AN_ACCOUNT.indexOf(one) >= 0))
                throw format(where, "defaultServiceAccount", each.account());
            if (!readsAsGlob(each.server())) throw format(where, "server", each.server());
            if (!readsAsGlob(each.namespace())) throw format(where, "namespace", each.namespace());
        }
        once(where, "destinationServiceAccount", serviceAccounts, ServiceAccount::key);
    }

    private static <T> void once(String where, String what, List<T> all, Function<T, String> key) {
        Set<String> seen = new HashSet<>();
        for (T each : all)
            if (!seen.add(key.apply(each)))
                throw new Refusal.Invalid(where, ProjectRule.ALREADY_ADDED, what, key.apply(each));
    }

    private static Refusal format(String where, String what, String value) {
        return new Refusal.Invalid(where, ProjectRule.FORMAT, what, value);
    }

    /** Whether classes and alternatives are closed; a class is one range or one list. */
    private static boolean readsAsGlob(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '{' -> depth++;
                case '}' -> {
                    if (--depth < 0) return false;
                }
                case '[' -> {
                    int end = text.indexOf(']', i);
                    if (end < 0 || !isClass(text.substring(i + 1, end))) return false;
                    i = end;
                }
                default -> {}
            }
        }
        return depth == 0;
    }

    private static boolean isClass(String inside) {
        String members = inside.startsWith("!") ? inside.substring(1) : inside;
        int dash = members.indexOf('-');
        if (dash <= 0) return !members.isEmpty();
        return members.length() == 3 && dash == 1 && members.charAt(0) <= members.charAt(2);
    }

    /** Which of the windows are open now, by their places from 0; one that does not read is not. */
    public List<Integer> openWindows(Instant now) {
        return IntStream.range(0, syncWindows.size())
                .filter(each -> syncWindows.get(each).isOpenAt(now))
                .boxed()
                .toList();
    }
}
