package dev.gatehouse.application.webhook;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.webhook.Deliveries;
import dev.gatehouse.domain.webhook.Verdict;
import dev.gatehouse.domain.webhook.WebhookClient;
import dev.gatehouse.domain.webhook.WebhookClients;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Believes a message when the signature of one of the project's clients fits, and once. */
public final class WebhookService implements ReceivingWebhooks {
    /** What the audit calls an accepted message. */
    private static final String EVENT = "event";

    private final Authorizing authorizing;
    private final Projects projects;
    private final WebhookClients clients;
    private final Deliveries deliveries;
    private final Ids ids;
    private final Acts acts;
    private final InstantSource clock;

    public WebhookService(
            Authorizing authorizing,
            Projects projects,
            WebhookClients clients,
            Deliveries deliveries,
            Ids ids,
            Acts acts,
            InstantSource clock) {
        this.authorizing = authorizing;
        this.projects = projects;
        this.clients = clients;
        this.deliveries = deliveries;
        this.ids = ids;
        this.acts = acts;
        this.clock = clock;
    }

    /** A client whose signature fits, and what its provider calls the message. */
    private record Proof(WebhookClient client, Optional<String> deliveryId) {}

    @Override
    public Answer receive(Message message, Origin origin) {
        Optional<Project> project = ProjectName.ifValid(message.namespace()).flatMap(projects::find);
        Optional<Proof> proof = project.flatMap(each -> proofOf(message, each));
        if (proof.isEmpty()) {
            acts.refused(
                    "", Optional.empty(), "webhook", origin, AuditAction.WEBHOOK_REFUSED, target(message), "unproven");
            return new Answer.Unproven();
        }
        WebhookClient client = proof.get().client();
        if (client.firstUsedAt().isEmpty()) clients.used(client.projectId(), client.name(), clock.instant());
        Caller caller = callerOf(client, origin);
        // The role may be gone, or may have lost the right, since the client was made.
        boolean allowed = project.get().role(client.role()).isPresent()
                && authorizing.decide(caller, question(message)) instanceof Decision.Allowed;
        if (!allowed) {
            acts.refused(caller, AuditAction.WEBHOOK_REFUSED, target(message), "denied");
            return new Answer.Forbidden();
        }
        try {
            return new Answer.Accepted(acts.perform(caller, AuditAction.EVENT_ACCEPTED, target(message), () -> {
                boolean first = proof.get()
                        .deliveryId()
                        .map(each -> deliveries.remember(client.projectId(), client.name(), each, clock.instant()))
                        .orElse(true);
                if (!first)
                    throw new Refusal.Conflict(
                            Refusal.Conflict.Reason.ALREADY_EXISTS,
                            EVENT,
                            proof.get().deliveryId().orElse(""));
                return ids.newId();
            }));
        } catch (Refusal.Conflict e) {
            return new Answer.Duplicate();
        }
    }

    @Override
    public Answer receive(Caller caller, Message message) {
        authorizing.require(caller, question(message));
        if (ProjectName.ifValid(message.namespace()).flatMap(projects::find).isEmpty())
            throw new Refusal.NotFound(Project.KIND, message.namespace());
        return new Answer.Accepted(acts.perform(caller, AuditAction.EVENT_ACCEPTED, target(message), ids::newId));
    }

    private Optional<Proof> proofOf(Message message, Project project) {
        for (WebhookClient client : clients.of(project.id()))
            if (client.judge(message.delivery()) instanceof Verdict.Genuine(Optional<String> deliveryId))
                return Optional.of(new Proof(client, deliveryId));
        return Optional.empty();
    }

    private static Caller callerOf(WebhookClient client, Origin origin) {
        return new Caller(
                new Subject.OfProjectRole(client.project(), client.role()),
                List.of(),
                Caller.Method.WEBHOOK,
                Optional.empty(),
                Optional.empty(),
                "",
                origin);
    }

    private static AccessQuestion question(Message message) {
        return new AccessQuestion("events", "create", message.namespace() + "/" + message.discriminator());
    }

    private static Target target(Message message) {
        return new Target(EVENT, message.namespace(), message.discriminator());
    }
}
