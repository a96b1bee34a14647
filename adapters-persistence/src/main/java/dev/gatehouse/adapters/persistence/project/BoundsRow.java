package dev.gatehouse.adapters.persistence.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.gatehouse.adapters.persistence.JsonText;
import dev.gatehouse.domain.project.ProjectBounds;
import dev.gatehouse.domain.project.SyncWindow;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the column {@code rest} says that has a meaning to the domain; absent members are empty. */
record BoundsRow(
        @Nullable List<Destination> destinations,
        @Nullable List<String> sourceNamespaces,
        @Nullable List<String> sourceRepos,
        @Nullable List<Window> syncWindows,

        @JsonProperty("destinationServiceAccounts") @Nullable
        List<ServiceAccount> serviceAccounts,

        @Nullable List<Kind> clusterResourceWhitelist,
        @Nullable List<Kind> clusterResourceBlacklist,
        @Nullable List<Kind> namespaceResourceWhitelist,
        @Nullable List<Kind> namespaceResourceBlacklist) {
    private static final TypeReference<BoundsRow> TYPE = new TypeReference<>() {};

    record Destination(
            @Nullable String server,
            @Nullable String namespace,
            @Nullable String name) {
        ProjectBounds.Destination toDomain() {
            return new ProjectBounds.Destination(text(server), text(namespace), text(name));
        }
    }

    record Window(
            @Nullable String kind,
            @Nullable String schedule,
            @Nullable String duration,
            @Nullable List<String> applications,
            @Nullable List<String> namespaces,
            @Nullable List<String> clusters,
            boolean manualSync,
            @Nullable String timeZone,
            boolean andOperator,
            @Nullable String description,
            boolean syncOverrun) {
        SyncWindow toDomain() {
            return new SyncWindow(
                    text(kind),
                    text(schedule),
                    text(duration),
                    list(applications),
                    list(namespaces),
                    list(clusters),
                    manualSync,
                    text(timeZone),
                    andOperator,
                    text(description),
                    syncOverrun);
        }
    }

    record ServiceAccount(
            @Nullable String server,
            @Nullable String namespace,
            @Nullable String defaultServiceAccount) {
        ProjectBounds.ServiceAccount toDomain() {
            return new ProjectBounds.ServiceAccount(text(server), text(namespace), text(defaultServiceAccount));
        }
    }

    record Kind(
            @Nullable String group,
            @Nullable String kind,
            @Nullable String name) {
        ProjectBounds.ResourceKind toDomain() {
            return new ProjectBounds.ResourceKind(text(group), text(kind), text(name));
        }
    }

    static ProjectBounds read(String rest) {
        BoundsRow row = JsonText.read(rest, TYPE);
        return new ProjectBounds(
                list(row.destinations).stream().map(Destination::toDomain).toList(),
                list(row.sourceNamespaces),
                list(row.sourceRepos),
                list(row.syncWindows).stream().map(Window::toDomain).toList(),
                list(row.serviceAccounts).stream().map(ServiceAccount::toDomain).toList(),
                new ProjectBounds.ResourceLists(
                        kinds(row.clusterResourceWhitelist),
                        kinds(row.clusterResourceBlacklist),
                        kinds(row.namespaceResourceWhitelist),
                        kinds(row.namespaceResourceBlacklist)));
    }

    private static List<ProjectBounds.ResourceKind> kinds(@Nullable List<Kind> kinds) {
        return list(kinds).stream().map(Kind::toDomain).toList();
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }
}
