package dev.gatehouse.application.project;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.GroupName;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.ProjectRule;
import dev.gatehouse.domain.project.ProjectSpec;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.project.RolePolicy;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenSubject;
import dev.gatehouse.domain.webhook.WebhookClients;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Keeps projects; their tokens are the token room's, shown here and never changed through here. */
public final class ProjectService implements ManagingProjects {
    /** The one namespace that projects have on the wire. */
    private static final String NAMESPACE = "argocd";

    private final Authorizing authorizing;
    private final Projects projects;
    private final ApiTokens tokens;
    private final WebhookClients webhookClients;
    private final AccessChanges changes;
    private final Ids ids;
    private final Acts acts;
    private final InstantSource clock;

    /** The driven ports it asks. */
    public record Ports(
            Projects projects, ApiTokens tokens, WebhookClients webhookClients, AccessChanges changes, Ids ids) {}

    public ProjectService(Authorizing authorizing, Ports ports, Acts acts, InstantSource clock) {
        this.authorizing = authorizing;
        this.projects = ports.projects();
        this.tokens = ports.tokens();
        this.webhookClients = ports.webhookClients();
        this.changes = ports.changes();
        this.ids = ports.ids();
        this.acts = acts;
        this.clock = clock;
    }

    @Override
    public List<Kept> list(Caller caller) {
        return projects.all().stream()
                .filter(each -> authorizing.decide(caller, on("get", each.name().value())) instanceof Decision.Allowed)
                .map(this::kept)
                .toList();
    }

    @Override
    public Kept get(Caller caller, String name) {
        authorizing.require(caller, on("get", name));
        return kept(find(name));
    }

    @Override
    public Kept create(Caller caller, Draft draft, boolean upsert) {
        authorizing.require(caller, on("create", draft.name()));
        Optional<Project> there = ProjectName.ifValid(draft.name()).flatMap(projects::find);
        if (there.isPresent()) {
            ProjectSpec spec = specOf(there.get().name(), draft);
            if (spec.equals(there.get().spec())) return kept(there.get());
            if (!upsert) throw new Refusal.Invalid("spec", ProjectRule.DIFFERENT_SPEC);
            authorizing.require(caller, on("update", draft.name()));
            return replace(
                    caller, draft, there.get().labels(), Optional.of(there.get().version()));
        }
        return acts.perform(caller, AuditAction.PROJECT_CREATED, targetOf(draft.name()), () -> {
            ProjectName name = new ProjectName(draft.name());
            checkNamespace(draft);
            if (!draft.version().isEmpty())
                throw new Refusal.Invalid("metadata.resourceVersion", ProjectRule.VERSION_ON_CREATE);
            Project project = Project.found(
                    new ProjectId(ids.newId()), name, draft.labels(), specOf(name, draft), clock.instant());
            projects.insert(project);
            changes.append(new AccessChange.OfProject(project.name()));
            return kept(project);
        });
    }

    @Override
    public Kept update(Caller caller, Draft draft) {
        authorizing.require(caller, on("update", draft.name()));
        return replace(caller, draft, draft.labels(), Optional.empty());
    }

    private Kept replace(Caller caller, Draft draft, ProjectLabels labels, Optional<Integer> versionRead) {
        return acts.perform(
                caller,
                AuditAction.PROJECT_CHANGED,
                targetOf(draft.name()),
                () -> {
                    Project stored = find(draft.name());
                    checkNamespace(draft);
                    ProjectSpec spec = specOf(stored.name(), draft);
                    int version = versionRead.orElseGet(() -> versionOf(draft));
                    Project changed = projects.update(stored.with(labels, spec).readAt(version));
                    for (RoleName gone : stored.rolesGoneIn(changed))
                        tokens.revokeAllOf(
                                new TokenSubject.OfProjectRole(stored.id(), stored.name(), gone),
                                clock.instant(),
                                caller.name());
                    changes.append(new AccessChange.OfProject(changed.name()));
                    return kept(changed);
                },
                kept -> List.of(new Change(
                        "resourceVersion",
                        Integer.toString(kept.project().version() - 1),
                        Integer.toString(kept.project().version()))));
    }

    @Override
    public void delete(Caller caller, String name) {
        if (name.equals(Project.DEFAULT.value()))
            acts.prepare(caller, AuditAction.PROJECT_DELETED, targetOf(name), () -> {
                throw new Refusal.Invalid("name", ProjectRule.DEFAULT_STAYS);
            });
        authorizing.require(caller, on("delete", name));
        acts.perform(caller, AuditAction.PROJECT_DELETED, targetOf(name), () -> {
            Project project = find(name);
            // First, so that whoever gives out a token meanwhile is done, or finds no project.
            projects.delete(project);
            for (ProjectRole role : project.spec().roles())
                tokens.revokeAllOf(
                        new TokenSubject.OfProjectRole(project.id(), project.name(), role.name()),
                        clock.instant(),
                        caller.name());
            webhookClients.deleteAllOf(project.id());
            changes.append(new AccessChange.OfProject(project.name()));
            return project;
        });
    }

    private Project find(String name) {
        return ProjectName.ifValid(name)
                .flatMap(projects::find)
                .orElseThrow(() -> new Refusal.NotFound(Project.KIND, name));
    }

    private Kept kept(Project project) {
        List<ProjectRole> roles = project.spec().roles();
        if (roles.isEmpty()) return new Kept(project, List.of());
        return new Kept(
                project,
                tokens.unrevokedOfProject(new TokenSubject.OfProjectRole(
                        project.id(), project.name(), roles.getFirst().name())));
    }

    private static void checkNamespace(Draft draft) {
        if (!draft.namespace().isEmpty() && !draft.namespace().equals(NAMESPACE))
            throw new Refusal.Invalid("metadata.namespace", ProjectRule.NAMESPACE);
    }

    private static int versionOf(Draft draft) {
        if (draft.version().isEmpty())
            throw new Refusal.Invalid("metadata.resourceVersion", ProjectRule.VERSION_REQUIRED, draft.name());
        try {
            return Integer.parseInt(draft.version());
        } catch (NumberFormatException e) {
            throw new Refusal.Invalid("metadata.resourceVersion", ProjectRule.VERSION_SHAPE, draft.version());
        }
    }

    private static ProjectSpec specOf(ProjectName project, Draft draft) {
        return new ProjectSpec(
                draft.description(),
                draft.roles().stream().map(each -> roleOf(project, each)).toList(),
                draft.rest());
    }

    private static ProjectRole roleOf(ProjectName project, RoleDraft draft) {
        RoleName name = new RoleName(draft.name());
        return new ProjectRole(
                name,
                draft.description(),
                draft.policies().stream()
                        .map(each -> RolePolicy.parse(project, name, each))
                        .toList(),
                draft.groups().stream().map(GroupName::new).toList());
    }

    private static AccessQuestion on(String action, String name) {
        return new AccessQuestion("projects", action, name);
    }

    private static Target targetOf(String name) {
        return new Target(Project.KIND, name, name);
    }
}
