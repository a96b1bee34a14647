package dev.gatehouse.application.webhook;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.webhook.SignatureScheme;
import dev.gatehouse.domain.webhook.WebhookClient;
import dev.gatehouse.domain.webhook.WebhookClientName;
import dev.gatehouse.domain.webhook.WebhookClients;
import dev.gatehouse.domain.webhook.WebhookRule;
import dev.gatehouse.domain.webhook.WebhookSecret;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps webhook clients. */
public final class WebhookClientService implements ManagingWebhookClients {
    private final Authorizing authorizing;
    private final OncePerKey oncePerKey;
    private final Projects projects;
    private final WebhookClients clients;
    private final Ids ids;
    private final Acts acts;
    private final InstantSource clock;

    public WebhookClientService(
            Authorizing authorizing,
            OncePerKey oncePerKey,
            Projects projects,
            WebhookClients clients,
            Ids ids,
            Acts acts,
            InstantSource clock) {
        this.authorizing = authorizing;
        this.oncePerKey = oncePerKey;
        this.projects = projects;
        this.clients = clients;
        this.ids = ids;
        this.acts = acts;
        this.clock = clock;
    }

    @Override
    public List<WebhookClient> list(Caller caller, String project) {
        authorizing.require(caller, on("get", project, "*"));
        return clients.of(find(project).id());
    }

    @Override
    public WebhookClient get(Caller caller, String project, String name) {
        authorizing.require(caller, on("get", project, name));
        return named(find(project), name).orElseThrow(() -> new Refusal.NotFound(WebhookClient.KIND, name, project));
    }

    @Override
    public WebhookClient create(Caller caller, String project, NewClient command) {
        authorizing.require(caller, on("create", project, command.name()));
        Target target = new Target(WebhookClient.KIND, project, command.name());
        return oncePerKey.make(
                caller,
                command.repetition(),
                id -> acts.prepare(
                        caller, AuditAction.WEBHOOK_CLIENT_CREATED, target, () -> madeBefore(project, command, id)),
                () -> made(caller, project, command, target));
    }

    /** To show its secret is to give it out: only while nobody has used it. */
    private WebhookClient madeBefore(String project, NewClient command, String id) {
        WebhookClient client = ProjectName.ifValid(project)
                .flatMap(projects::find)
                .flatMap(each -> named(each, command.name()))
                .filter(each -> idOf(each).equals(id))
                .orElseThrow(
                        () -> new Refusal.Conflict(Refusal.Conflict.Reason.GONE, WebhookClient.KIND, command.name()));
        boolean sameSecret = command.secret()
                .map(each -> client.secret().equals(new WebhookSecret(each)))
                .orElse(true);
        if (!sameSecret) throw new Refusal.Unmet(TokenRule.KEY_REUSED);
        if (client.firstUsedAt().isPresent())
            throw new Refusal.Conflict(Refusal.Conflict.Reason.SPENT, WebhookClient.KIND, command.name());
        return client;
    }

    /** Names this client and no later one of its name. */
    private static String idOf(WebhookClient client) {
        return client.projectId().value() + "/" + client.name() + "/" + client.createdAt();
    }

    private WebhookClient made(Caller caller, String project, NewClient command, Target target) {
        return acts.perform(caller, AuditAction.WEBHOOK_CLIENT_CREATED, target, () -> {
            Project found = hold(project);
            if (command.role().isEmpty()) throw new Refusal.Invalid("role", WebhookRule.ROLE_REQUIRED);
            ProjectRole role = RoleName.ifValid(command.role())
                    .flatMap(found::role)
                    .orElseThrow(() -> new Refusal.NotFound(Project.ROLE_KIND, command.role(), project));
            WebhookClient client = new WebhookClient(
                    found.id(),
                    found.name(),
                    new WebhookClientName(command.name()),
                    scheme(command.type()),
                    new WebhookSecret(command.secret().orElseGet(ids::newSecret)),
                    role.name(),
                    command.enabled(),
                    clock.instant(),
                    Optional.empty());
            clients.insert(client);
            oncePerKey.remember(caller, command.repetition(), WebhookClient.KIND, idOf(client));
            return client;
        });
    }

    @Override
    public void delete(Caller caller, String project, String name) {
        authorizing.require(caller, on("delete", project, name));
        acts.perform(caller, AuditAction.WEBHOOK_CLIENT_DELETED, new Target(WebhookClient.KIND, project, name), () -> {
            Project found = find(project);
            boolean gone = WebhookClientName.ifValid(name)
                    .map(each -> clients.delete(found.id(), each))
                    .orElse(false);
            if (!gone) throw new Refusal.NotFound(WebhookClient.KIND, name, project);
            return true;
        });
    }

    private Optional<WebhookClient> named(Project project, String name) {
        return clients.of(project.id()).stream()
                .filter(each -> each.name().value().equals(name))
                .findFirst();
    }

    private static SignatureScheme scheme(String word) {
        return SignatureScheme.of(word)
                .orElseThrow(() -> new Refusal.Invalid(
                        "type",
                        WebhookRule.TYPE,
                        word,
                        Arrays.stream(SignatureScheme.values())
                                .map(SignatureScheme::word)
                                .collect(Collectors.joining(", "))));
    }

    /** Whoever removes it meanwhile waits, and removes this client, too. */
    private Project hold(String name) {
        return ProjectName.ifValid(name)
                .flatMap(projects::hold)
                .orElseThrow(() -> new Refusal.NotFound(Project.KIND, name));
    }

    private Project find(String name) {
        return ProjectName.ifValid(name)
                .flatMap(projects::find)
                .orElseThrow(() -> new Refusal.NotFound(Project.KIND, name));
    }

    private static AccessQuestion on(String action, String project, String name) {
        return new AccessQuestion("webhookclients", action, project + "/" + name);
    }
}
