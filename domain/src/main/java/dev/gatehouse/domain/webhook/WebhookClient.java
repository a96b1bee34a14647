package dev.gatehouse.domain.webhook;

import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;
import java.time.Instant;
import java.util.Optional;

/**
 * In a project: a provider whose messages are believed, and the role they act as.
 *
 * @param projectId of the project it was made in, so that a later project of the same name does not inherit it
 * @param firstUsedAt when a message first proved that somebody has the secret; absent: never
 */
public record WebhookClient(
        ProjectId projectId,
        ProjectName project,
        WebhookClientName name,
        SignatureScheme scheme,
        WebhookSecret secret,
        RoleName role,
        boolean enabled,
        Instant createdAt,
        Optional<Instant> firstUsedAt) {
    /** What refusals and the audit call it. */
    public static final String KIND = "webhookClient";

    /** Pure: the signature alone decides. */
    public Verdict judge(Delivery delivery) {
        Optional<String> proof = scheme.proof(delivery);
        if (!enabled || proof.isEmpty()) return new Verdict.NotAddressed();
        return scheme.fits(delivery, secret, proof.get())
                ? new Verdict.Genuine(scheme.deliveryId(delivery))
                : new Verdict.BadSignature();
    }
}
