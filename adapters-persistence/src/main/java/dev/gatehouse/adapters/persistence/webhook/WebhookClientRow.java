package dev.gatehouse.adapters.persistence.webhook;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.webhook.SignatureScheme;
import dev.gatehouse.domain.webhook.WebhookClient;
import dev.gatehouse.domain.webhook.WebhookClientName;
import dev.gatehouse.domain.webhook.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** @param sealedSecret sealed for {@link #place} */
record WebhookClientRow(
        String projectId,
        String name,
        String projectName,
        String scheme,
        String sealedSecret,
        String role,
        boolean enabled,
        Instant createdAt,
        @Nullable Instant firstUsedAt) {
    static final String COLUMNS =
            "project_id, name, project_name, scheme, sealed_secret, role, enabled, created_at, first_used_at";

    static WebhookClientRow of(WebhookClient client, SecretSealer sealer) {
        String projectId = client.projectId().value();
        String name = client.name().value();
        return new WebhookClientRow(
                projectId,
                name,
                client.project().value(),
                client.scheme().word(),
                sealer.seal(client.secret().reveal().getBytes(StandardCharsets.UTF_8), place(projectId, name))
                        .text(),
                client.role().value(),
                client.enabled(),
                client.createdAt(),
                client.firstUsedAt().orElse(null));
    }

    static WebhookClientRow read(Columns columns) {
        return new WebhookClientRow(
                columns.text("project_id"),
                columns.text("name"),
                columns.text("project_name"),
                columns.text("scheme"),
                columns.text("sealed_secret"),
                columns.text("role"),
                columns.flag("enabled"),
                columns.instant("created_at"),
                columns.instantOrNull("first_used_at"));
    }

    WebhookClient toDomain(SecretSealer sealer) {
        byte[] secret = sealer.open(new SealedSecret(sealedSecret), place(projectId, name));
        return new WebhookClient(
                new ProjectId(projectId),
                new ProjectName(projectName),
                new WebhookClientName(name),
                SignatureScheme.of(scheme).orElseThrow(),
                new WebhookSecret(new String(secret, StandardCharsets.UTF_8)),
                new RoleName(role),
                enabled,
                createdAt,
                Optional.ofNullable(firstUsedAt));
    }

    private static String place(String projectId, String name) {
        return "webhook-client/" + projectId + "/" + name;
    }

    /** In the order of {@link #COLUMNS}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            projectId, name, projectName, scheme, sealedSecret, role, enabled, createdAt, firstUsedAt
        };
    }

    @Override
    public String toString() {
        return "WebhookClientRow[" + name + " in " + projectName + "]";
    }
}
