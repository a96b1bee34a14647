package dev.gatehouse.adapters.rest.project;

import dev.gatehouse.adapters.rest.Json;
import dev.gatehouse.application.project.ManagingProjects.History;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditTrail.Numbered;
import dev.gatehouse.domain.project.Project;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What was done to a project, in the shape of Kubernetes' events (Argo CD contract 4.10), out of our audit. */
final class ProjectEvents {
    private static final String NAMESPACE = "argocd";

    private ProjectEvents() {}

    @Schema(name = "EventList")
    record Listing(AppProject.ListMetadata metadata, List<Event> items) {}

    @Schema(name = "Event")
    record Event(
            AppProject.Metadata metadata,
            InvolvedObject involvedObject,
            String reason,
            String message,
            String firstTimestamp,
            String lastTimestamp,
            int count,
            String type) {}

    @Schema(name = "ObjectReference")
    record InvolvedObject(
            String kind, String namespace, String name, String uid, String apiVersion, String resourceVersion) {}

    static Json of(History history) {
        List<Json> items = history.acts().reversed().stream()
                .map(each -> event(history.project(), each))
                .toList();
        String newest = history.acts().isEmpty()
                ? "0"
                : Long.toString(history.acts().getFirst().sequence());
        return new Json.Builder()
                .put(
                        "metadata",
                        new Json.Builder().text("resourceVersion", newest).build())
                .put("items", items.isEmpty() ? new Json.Nothing() : new Json.Items(items))
                .build();
    }

    private static Json event(Project project, Numbered numbered) {
        AuditEntry entry = numbered.entry();
        String at = entry.at().truncatedTo(ChronoUnit.SECONDS).toString();
        String number = Long.toString(numbered.sequence());
        String name = project.name().value();
        Json metadata = new Json.Builder()
                .text("name", name + "." + Long.toHexString(ChronoUnit.NANOS.between(Instant.EPOCH, entry.at())))
                .text("namespace", NAMESPACE)
                .text("uid", project.id().value() + "." + number)
                .text("resourceVersion", number)
                .text("creationTimestamp", at)
                .build();
        Json about = new Json.Builder()
                .text("kind", "AppProject")
                .text("namespace", NAMESPACE)
                .text("name", name)
                .text("uid", project.id().value())
                .text("apiVersion", "argoproj.io/v1alpha1")
                .text("resourceVersion", versionAfter(entry))
                .build();
        return new Json.Builder()
                .put("metadata", metadata)
                .put("involvedObject", about)
                .text("reason", reason(entry.action()))
                .text("message", entry.actor().subject() + " " + deed(entry.action()))
                .put("source", new Json.Builder().text("component", "gatehouse").build())
                .text("firstTimestamp", at)
                .text("lastTimestamp", at)
                .number("count", 1)
                .text("type", "Normal")
                .put("eventTime", new Json.Nothing())
                .build();
    }

    private static String versionAfter(AuditEntry entry) {
        return entry.changes().stream()
                .filter(each -> each.field().equals("resourceVersion"))
                .map(AuditEntry.Change::after)
                .findFirst()
                .orElse("");
    }

    private static String reason(AuditAction action) {
        return switch (action) {
            case PROJECT_CHANGED -> "ResourceUpdated";
            case TOKEN_REVOKED -> "ResourceDeleted";
            default -> "ResourceCreated";
        };
    }

    private static String deed(AuditAction action) {
        return switch (action) {
            case PROJECT_CHANGED -> "updated project";
            case TOKEN_REVOKED -> "deleted token";
            case TOKEN_CREATED -> "created token";
            default -> "created project";
        };
    }
}
