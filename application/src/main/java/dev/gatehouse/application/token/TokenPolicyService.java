package dev.gatehouse.application.token;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.LastUses;
import dev.gatehouse.application.session.OverdueSessions;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.SessionPolicy;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenPolicies;
import dev.gatehouse.domain.token.TokenPolicy;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets no policy in force that contradicts itself, and tells beforehand what it ends. */
public final class TokenPolicyService implements ManagingTokenPolicy {
    /** The reason that the record of a token gives which a policy ended. */
    public static final String REASON = "token policy";

    private static final int MOST_SHOWN = 100;

    private final Authorizing authorizing;
    private final TokenPolicies policies;
    private final Projects projects;
    private final ApiTokens tokens;
    private final OverdueSessions overdue;
    private final AccessChanges changes;
    private final LastUses lastUses;
    private final SessionRules settings;
    private final Acts acts;
    private final InstantSource clock;

    /** The driven ports it asks. */
    public record Ports(
            TokenPolicies policies, Projects projects, ApiTokens tokens, Sessions sessions, AccessChanges changes) {}

    /** @param settings what holds for sessions where the policy says nothing */
    public TokenPolicyService(
            Authorizing authorizing,
            Ports ports,
            LastUses lastUses,
            SessionRules settings,
            Acts acts,
            InstantSource clock) {
        this.authorizing = authorizing;
        this.policies = ports.policies();
        this.projects = ports.projects();
        this.tokens = ports.tokens();
        this.overdue = new OverdueSessions(ports.sessions());
        this.changes = ports.changes();
        this.lastUses = lastUses;
        this.settings = settings;
        this.acts = acts;
        this.clock = clock;
    }

    @Override
    public TokenPolicy read(Caller caller, Optional<String> project) {
        require(caller, "get", project);
        return shown(project, stored(project.map(this::find).map(Project::id)));
    }

    /** With what is in force for sessions, whether the policy says it or the settings do. */
    private TokenPolicy shown(Optional<String> project, TokenPolicy policy) {
        if (project.isPresent()) return policy;
        SessionPolicy session = policy.session();
        return new TokenPolicy(
                policy.account(), policy.project(), settings.under(session).said(session.recent()), policy.version());
    }

    @Override
    public Outcome replace(Caller caller, Optional<String> project, Draft draft, boolean dryRun) {
        require(caller, "update", project);
        // What was used last may not be written down yet.
        lastUses.write();
        if (dryRun) {
            Prepared prepared = prepare(project, draft);
            return new Outcome(shown(project, prepared.draft()), ends(prepared), prepared.now());
        }
        Target target = new Target("tokenPolicy", project.orElse(""), project.isPresent() ? "" : "all");
        return acts.perform(
                caller,
                AuditAction.POLICY_CHANGED,
                target,
                () -> put(caller, project, draft),
                done -> List.of(
                        new Change(
                                "resourceVersion",
                                Integer.toString(done.policy().version() - 1),
                                Integer.toString(done.policy().version())),
                        new Change("tokens", "", done.ends().tokens() + " ended"),
                        new Change("sessions", "", done.ends().sessions() + " ended")));
    }

    private Outcome put(Caller caller, Optional<String> project, Draft draft) {
        Prepared prepared = prepare(project, draft);
        Ends ends = ends(prepared);
        TokenPolicy stored = policies.store(prepared.project().map(Project::id), prepared.draft());
        for (ApiToken each : ended(prepared)) tokens.revoke(each.id(), prepared.now(), caller.name(), REASON);
        if (prepared.project().isPresent())
            changes.append(new AccessChange.OfProject(prepared.project().get().name()));
        else {
            // What was over already does not come back when the rules become milder.
            overdue.end(settings.under(prepared.all().session()), prepared.now());
            overdue.end(settings.under(stored.session()), prepared.now());
            changes.count();
        }
        return new Outcome(shown(project, stored), ends, prepared.now());
    }

    private Ends ends(Prepared prepared) {
        List<ApiToken> ended = ended(prepared);
        List<ApiToken> shown = ended.subList(0, Math.min(MOST_SHOWN, ended.size()));
        if (prepared.project().isPresent()) return new Ends(ended.size(), shown, 0, List.of());
        SessionRules before = settings.under(prepared.all().session());
        SessionRules after = settings.under(prepared.draft().session());
        return new Ends(
                ended.size(),
                shown,
                overdue.countOf(before, after, prepared.now()),
                overdue.firstOf(before, after, prepared.now(), MOST_SHOWN - shown.size()));
    }

    /** A draft that may be put in force. */
    private record Prepared(Optional<Project> project, TokenPolicy draft, TokenPolicy all, Instant now) {
        /** What would hold for all. */
        TokenPolicy general() {
            return project.isPresent() ? all : draft;
        }
    }

    private Prepared prepare(Optional<String> project, Draft draft) {
        int version = draft.version().orElseThrow(() -> new Refusal.Unmet(TokenRule.POLICY_VERSION));
        TokenPolicy policy = new TokenPolicy(draft.account(), draft.project(), draft.session(), version);
        Optional<Project> found = project.map(this::find);
        TokenPolicy before = stored(found.map(Project::id));
        if (before.version() != version)
            throw new Refusal.Conflict(Refusal.Conflict.Reason.STALE, TokenPolicy.KIND, project.orElse(""));
        TokenPolicy all = stored(Optional.empty());
        if (found.isPresent()) {
            policy.checkWithin(all);
            all.tightenedBy(policy).check();
        } else policy.check();
        return new Prepared(found, policy, all, clock.instant());
    }

    /** Every token that counts and that the draft would end now. */
    private List<ApiToken> ended(Prepared prepared) {
        Map<ProjectId, TokenPolicy> ofProjects = new HashMap<>();
        prepared.project().ifPresent(each -> ofProjects.put(each.id(), prepared.draft()));
        TokenFilter any = TokenFilter.all(prepared.now());
        TokenFilter filter = prepared.project().map(Project::name).map(any::of).orElse(any);
        List<ApiToken> ended = new ArrayList<>();
        for (ApiToken.Standing each :
                List.of(ApiToken.Standing.ACTIVE, ApiToken.Standing.PENDING, ApiToken.Standing.SUPERSEDED)) {
            Optional<String> after = Optional.empty();
            do {
                Page<ApiToken> page = tokens.find(filter.of(each), new PageRequest(PageRequest.MOST, after));
                for (ApiToken token : page.items()) {
                    TokenPolicy effective = switch (token.subject()) {
                        case TokenSubject.OfAccount account -> prepared.general();
                        case TokenSubject.OfProjectRole role ->
                            prepared.general()
                                    .tightenedBy(ofProjects.computeIfAbsent(role.id(), id -> stored(Optional.of(id))));
                    };
                    boolean over = effective
                            .of(token.subject())
                            .endOf(token)
                            .filter(end -> !prepared.now().isBefore(end))
                            .isPresent();
                    if (over) ended.add(token);
                }
                after = page.next();
            } while (after.isPresent());
        }
        return ended;
    }

    private TokenPolicy stored(Optional<ProjectId> project) {
        return policies.find(project).orElse(TokenPolicy.LENIENT);
    }

    private void require(Caller caller, String action, Optional<String> project) {
        authorizing.require(
                caller,
                project.map(each -> new AccessQuestion("projects", action, each))
                        .orElseGet(() -> new AccessQuestion("policies", action, "*")));
    }

    private Project find(String name) {
        return ProjectName.ifValid(name)
                .flatMap(projects::find)
                .orElseThrow(() -> new Refusal.NotFound(Project.KIND, name));
    }
}
