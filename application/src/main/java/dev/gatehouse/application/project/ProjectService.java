package dev.gatehouse.application.project;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.RecentSignIn;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Outcome;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.audit.AuditFilter;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectBounds;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.ProjectRule;
import dev.gatehouse.domain.project.ProjectSpec;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.project.ResourceVersion;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenSubject;
import dev.gatehouse.domain.webhook.WebhookClients;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps projects; their tokens are the token room's, shown here and never changed through here. */
public final class ProjectService implements ManagingProjects {
    /** The one namespace that projects have on the wire. */
    private static final String NAMESPACE = "argocd";

    private static final int MOST_EVENTS = 100;
    private static final Set<AuditAction> EVENTS = EnumSet.of(
            AuditAction.PROJECT_CREATED,
            AuditAction.PROJECT_CHANGED,
            AuditAction.TOKEN_CREATED,
            AuditAction.TOKEN_REVOKED);
    /** Stands for all roles of a project where the role does not count. */
    private static final RoleName ANY_ROLE = new RoleName("any");

    private final Authorizing authorizing;
    private final RecentSignIn recentSignIn;
    private final OncePerKey oncePerKey;
    private final Projects projects;
    private final ApiTokens tokens;
    private final AuditTrail trail;
    private final WebhookClients webhookClients;
    private final AccessChanges changes;
    private final Ids ids;
    private final Acts acts;
    private final InstantSource clock;
    private final int mostShown;

    /** The driven ports it asks. */
    public record Ports(
            Projects projects,
            ApiTokens tokens,
            AuditTrail trail,
            WebhookClients webhookClients,
            AccessChanges changes,
            Ids ids) {}

    /** @param mostShown how many tokens one reply shows at most, those of all its projects together */
    public ProjectService(
            Authorizing authorizing,
            RecentSignIn recentSignIn,
            OncePerKey oncePerKey,
            Ports ports,
            Acts acts,
            InstantSource clock,
            int mostShown) {
        this.mostShown = mostShown;
        this.authorizing = authorizing;
        this.recentSignIn = recentSignIn;
        this.oncePerKey = oncePerKey;
        this.projects = ports.projects();
        this.tokens = ports.tokens();
        this.trail = ports.trail();
        this.webhookClients = ports.webhookClients();
        this.changes = ports.changes();
        this.ids = ports.ids();
        this.acts = acts;
        this.clock = clock;
    }

    @Override
    public List<Kept> list(Caller caller) {
        List<Kept> all = new ArrayList<>();
        int left = mostShown;
        for (Project each : projects.all()) {
            if (!(authorizing.decide(caller, on("get", each.name().value())) instanceof Decision.Allowed)) continue;
            Kept kept = kept(each, left);
            left -= kept.tokens().size();
            all.add(kept);
        }
        return all;
    }

    @Override
    public Kept get(Caller caller, String name) {
        authorizing.require(caller, on("get", name));
        return kept(find(name));
    }

    @Override
    public Kept create(Caller caller, Draft draft, boolean upsert, Optional<Repetition> repetition) {
        authorizing.require(caller, on("create", draft.name()));
        return oncePerKey.make(
                caller,
                repetition,
                id -> madeBefore(caller, draft.name(), id),
                () -> made(caller, draft, upsert, repetition));
    }

    private Kept madeBefore(Caller caller, String name, String id) {
        return ProjectName.ifValid(name)
                .flatMap(projects::find)
                .filter(each -> each.id().value().equals(id))
                .map(each -> shownTo(caller, each))
                .orElseThrow(() -> new Refusal.Conflict(Refusal.Conflict.Reason.GONE, Project.KIND, name));
    }

    private Kept made(Caller caller, Draft draft, boolean upsert, Optional<Repetition> repetition) {
        Optional<Project> there = ProjectName.ifValid(draft.name()).flatMap(projects::find);
        if (there.isPresent()) {
            Project stored = there.get();
            ProjectSpec spec = acts.prepare(caller, AuditAction.PROJECT_CREATED, targetOf(draft.name()), () -> {
                ProjectSpec sent = specOf(stored.name(), draft);
                if (!sent.equals(stored.spec()) && !upsert)
                    throw new Refusal.Invalid("spec", ProjectRule.DIFFERENT_SPEC);
                return sent;
            });
            if (spec.equals(stored.spec())) return shownTo(caller, stored);
            authorizing.require(caller, on("update", draft.name()));
            return replace(caller, draft, stored.labels(), Optional.of(stored.resourceVersion()), repetition);
        }
        return acts.perform(caller, AuditAction.PROJECT_CREATED, targetOf(draft.name()), () -> {
            ProjectName name = new ProjectName(draft.name());
            checkNamespace(draft);
            if (!draft.version().isEmpty())
                throw new Refusal.Invalid("metadata.resourceVersion", ProjectRule.VERSION_ON_CREATE);
            ProjectSpec spec = specOf(name, draft);
            new Grants(authorizing, caller, name).check(List.of(), spec.roles());
            if (!spec.roles().isEmpty()) recentSignIn.require(caller);
            Project project = Project.found(new ProjectId(ids.newId()), name, draft.labels(), spec, clock.instant());
            projects.insert(project);
            oncePerKey.remember(caller, repetition, Project.KIND, project.id().value());
            changes.append(new AccessChange.OfProject(project.name()));
            return kept(project);
        });
    }

    /** Who may only create it learns nothing but what they sent, and that it is there. */
    private Kept shownTo(Caller caller, Project project) {
        if (authorizing.decide(caller, on("get", project.name().value())) instanceof Decision.Allowed)
            return kept(project);
        return new Kept(project.with(ProjectLabels.NONE), List.of(), 0);
    }

    @Override
    public Kept update(Caller caller, Draft draft) {
        authorizing.require(caller, on("update", draft.name()));
        return replace(caller, draft, draft.labels(), Optional.empty(), Optional.empty());
    }

    private Kept replace(
            Caller caller,
            Draft draft,
            ProjectLabels labels,
            Optional<ResourceVersion> read,
            Optional<Repetition> repetition) {
        return acts.perform(
                        caller,
                        AuditAction.PROJECT_CHANGED,
                        targetOf(draft.name()),
                        () -> {
                            Replaced replaced = replaced(caller, draft, labels, read);
                            if (replaced.changesRoles()) recentSignIn.require(caller);
                            oncePerKey.remember(
                                    caller,
                                    repetition,
                                    Project.KIND,
                                    replaced.before().id().value());
                            return replaced;
                        },
                        done -> List.of(new Change(
                                "resourceVersion",
                                done.before().resourceVersion().toString(),
                                done.kept().project().resourceVersion().toString())))
                .kept();
    }

    private Replaced replaced(Caller caller, Draft draft, ProjectLabels labels, Optional<ResourceVersion> read) {
        Project stored = find(draft.name());
        checkNamespace(draft);
        ProjectSpec spec = specOf(stored.name(), draft);
        ResourceVersion version = read.orElseGet(() -> versionOf(draft));
        if (!version.equals(stored.resourceVersion()))
            throw new Refusal.Conflict(Refusal.Conflict.Reason.STALE, Project.KIND, draft.name());
        checkBounds(caller, stored.spec().bounds(), spec.bounds());
        new Grants(authorizing, caller, stored.name()).check(stored.spec().roles(), spec.roles());
        Project changed = projects.update(stored.with(labels, spec));
        for (RoleName gone : stored.rolesGoneIn(changed))
            tokens.revokeAllOf(
                    new TokenSubject.OfProjectRole(stored.id(), stored.name(), gone), clock.instant(), caller.name());
        changes.append(new AccessChange.OfProject(changed.name()));
        return new Replaced(stored, kept(changed));
    }

    private record Replaced(Project before, Kept kept) {
        /** Whether others have other rights in it than before. */
        boolean changesRoles() {
            return !before.spec().roles().equals(kept.project().spec().roles());
        }
    }

    @Override
    public Rehearsed rehearseUpdate(Caller caller, Draft draft) {
        authorizing.require(caller, on("update", draft.name()));
        return acts.rehearse(() -> {
            long before = living(find(draft.name()));
            Kept after =
                    replaced(caller, draft, draft.labels(), Optional.empty()).kept();
            return new Rehearsed(after, before - living(after.project()));
        });
    }

    private long living(Project project) {
        return TokenFilter.all(clock.instant()).of(TokenFilter.Kind.PROJECT).of(project.name()).living().stream()
                .mapToLong(tokens::count)
                .sum();
    }

    /** What a project may reach is the business of those who keep clusters and repositories, too (contract 4.5). */
    private void checkBounds(Caller caller, ProjectBounds before, ProjectBounds after) {
        for (String each : inOneOf(servers(before), servers(after))) mustHold(caller, "clusters", each);
        for (String each : inOneOf(before.sourceRepos(), after.sourceRepos())) mustHold(caller, "repositories", each);
        if (!before.resources().equals(after.resources()))
            for (String each : servers(after)) mustHold(caller, "clusters", each);
    }

    private void mustHold(Caller caller, String resource, String object) {
        AccessQuestion question = new AccessQuestion(resource, "update", object);
        if (!(authorizing.decide(caller, question) instanceof Decision.Allowed))
            throw new Refusal.Forbidden(resource, "update", object, caller.name(), caller.issuedAt());
    }

    /** A cluster that is only named has no address; who may update that may update all. */
    private static List<String> servers(ProjectBounds bounds) {
        return bounds.destinations().stream()
                .map(ProjectBounds.Destination::server)
                .distinct()
                .toList();
    }

    private static List<String> inOneOf(List<String> some, List<String> others) {
        return Stream.concat(
                        some.stream().filter(each -> !others.contains(each)),
                        others.stream().filter(each -> !some.contains(each)))
                .toList();
    }

    @Override
    public Open windows(Caller caller, String name) {
        authorizing.require(caller, on("get", name));
        Project project = find(name);
        return new Open(project, project.spec().bounds().openWindows(clock.instant()));
    }

    @Override
    public History events(Caller caller, String name) {
        authorizing.require(caller, on("get", name));
        Project project = find(name);
        AuditFilter ofProject = new AuditFilter(
                Optional.of(project.createdAt()),
                Optional.empty(),
                Optional.empty(),
                EVENTS,
                Optional.empty(),
                Optional.of(Outcome.DONE),
                Optional.of(name));
        return new History(
                project,
                trail.find(ofProject, new PageRequest(MOST_EVENTS, Optional.empty()))
                        .items());
    }

    @Override
    public void delete(Caller caller, String name) {
        if (name.equals(Project.DEFAULT.value()))
            acts.prepare(caller, AuditAction.PROJECT_DELETED, targetOf(name), () -> {
                throw new Refusal.Invalid("name", ProjectRule.DEFAULT_STAYS);
            });
        authorizing.require(caller, on("delete", name));
        acts.perform(caller, AuditAction.PROJECT_DELETED, targetOf(name), () -> removed(caller, name));
    }

    @Override
    public long rehearseDeletion(Caller caller, String name) {
        if (name.equals(Project.DEFAULT.value())) throw new Refusal.Invalid("name", ProjectRule.DEFAULT_STAYS);
        authorizing.require(caller, on("delete", name));
        return acts.rehearse(() -> {
            long living = living(find(name));
            removed(caller, name);
            return living;
        });
    }

    private Project removed(Caller caller, String name) {
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
    }

    private Project find(String name) {
        return ProjectName.ifValid(name)
                .flatMap(projects::find)
                .orElseThrow(() -> new Refusal.NotFound(Project.KIND, name));
    }

    private Kept kept(Project project) {
        return kept(project, mostShown);
    }

    /** With the newest of its tokens, so many at most. */
    private Kept kept(Project project, int most) {
        List<ProjectRole> roles = project.spec().roles();
        TokenSubject.OfProjectRole any = new TokenSubject.OfProjectRole(
                project.id(),
                project.name(),
                roles.isEmpty() ? ANY_ROLE : roles.getFirst().name());
        int given = tokens.givenInProject(any);
        boolean none = given == 0 || roles.isEmpty() || most == 0;
        return new Kept(project, none ? List.of() : tokens.unrevokedOfProject(any, most), given);
    }

    private static void checkNamespace(Draft draft) {
        if (!draft.namespace().isEmpty() && !draft.namespace().equals(NAMESPACE))
            throw new Refusal.Invalid("metadata.namespace", ProjectRule.NAMESPACE);
    }

    private static ResourceVersion versionOf(Draft draft) {
        if (draft.version().isEmpty())
            throw new Refusal.Invalid("metadata.resourceVersion", ProjectRule.VERSION_REQUIRED, draft.name());
        return ResourceVersion.parse(draft.version())
                .orElseThrow(() ->
                        new Refusal.Invalid("metadata.resourceVersion", ProjectRule.VERSION_SHAPE, draft.version()));
    }

    private static ProjectSpec specOf(ProjectName project, Draft draft) {
        return ProjectSpec.read(
                project,
                draft.description(),
                draft.roles().stream()
                        .map(each -> new ProjectSpec.RoleText(
                                each.name(), each.description(), each.policies(), each.groups()))
                        .toList(),
                draft.bounds(),
                draft.rest());
    }

    private static AccessQuestion on(String action, String name) {
        return new AccessQuestion("projects", action, name);
    }

    private static Target targetOf(String name) {
        return new Target(Project.KIND, name, name);
    }
}
