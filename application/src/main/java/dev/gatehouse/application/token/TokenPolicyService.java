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
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.PolicyEnding;
import dev.gatehouse.domain.token.SessionPolicy;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenPolicies;
import dev.gatehouse.domain.token.TokenPolicy;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import dev.gatehouse.domain.token.TokenRule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Lets no policy in force that contradicts itself, and tells beforehand what it ends. */
public final class TokenPolicyService implements ManagingTokenPolicy, EndingTokens {
    /** The reason that the record of a token gives which a policy ended. */
    public static final String REASON = "token policy";

    private static final int MOST_SHOWN = 100;

    private final Authorizing authorizing;
    private final TokenPolicies policies;
    private final Projects projects;
    private final ApiTokens tokens;
    private final OverdueSessions overdue;
    private final AccessChanges changes;
    private final Transactions transactions;
    private final LastUses lastUses;
    private final SessionRules settings;
    private final Pace pace;
    private final Acts acts;
    private final InstantSource clock;

    /**
     * How much is done in one go.
     *
     * @param tokens whose records are written in one transaction
     * @param batches such transactions before the one who asked gets an answer
     */
    public record Pace(int tokens, int batches) {
        public static final Pace USUAL = new Pace(1_000, 20);
    }

    /** The driven ports it asks. */
    public record Ports(
            TokenPolicies policies,
            Projects projects,
            ApiTokens tokens,
            Sessions sessions,
            AccessChanges changes,
            Transactions transactions) {}

    /** @param settings what holds for sessions where the policy says nothing */
    public TokenPolicyService(
            Authorizing authorizing,
            Ports ports,
            LastUses lastUses,
            SessionRules settings,
            Pace pace,
            Acts acts,
            InstantSource clock) {
        this.authorizing = authorizing;
        this.policies = ports.policies();
        this.projects = ports.projects();
        this.tokens = ports.tokens();
        this.overdue = new OverdueSessions(ports.sessions());
        this.changes = ports.changes();
        this.transactions = ports.transactions();
        this.lastUses = lastUses;
        this.settings = settings;
        this.pace = pace;
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
            return new Outcome(shown(project, prepared.draft()), ends(prepared), prepared.before(), prepared.now());
        }
        Target target = new Target("tokenPolicy", project.orElse(""), project.isPresent() ? "" : "all");
        Prepared prepared = acts.prepare(caller, AuditAction.POLICY_CHANGED, target, () -> prepare(project, draft));
        // Counted before the transaction, which must not last as long as going through all tokens does.
        Ends ends = ends(prepared);
        for (PolicyEnding each : policies.endings()) end(each, pace.batches());
        TokenPolicy stored = acts.perform(
                caller,
                AuditAction.POLICY_CHANGED,
                target,
                () -> put(caller, prepared),
                done -> List.of(
                        new Change(
                                "resourceVersion",
                                Integer.toString(done.version() - 1),
                                Integer.toString(done.version())),
                        new Change("tokens", "", ends.tokens() + " ended"),
                        new Change("sessions", "", ends.sessions() + " ended")));
        end(prepared.ending(caller), pace.batches());
        return new Outcome(shown(project, stored), ends, prepared.before(), prepared.now());
    }

    private TokenPolicy put(Caller caller, Prepared prepared) {
        if (!policies.endings().isEmpty()) throw new Refusal.Unmet(TokenRule.POLICY_ENDING);
        TokenPolicy stored = policies.store(prepared.project().map(Project::id), prepared.draft());
        policies.begin(prepared.ending(caller));
        if (prepared.project().isPresent())
            changes.append(new AccessChange.OfProject(prepared.project().get().name()));
        else {
            // What was over already does not come back when the rules become milder.
            overdue.end(settings.under(prepared.before().all().session()), prepared.now());
            overdue.end(settings.under(stored.session()), prepared.now());
            changes.count();
        }
        return stored;
    }

    @Override
    public void endTokens() {
        for (PolicyEnding each : policies.endings()) end(each, Integer.MAX_VALUE);
    }

    /** Writes the end of tokens into their records, some in each transaction; they are refused already. */
    private void end(PolicyEnding ending, int batches) {
        TokenFilter left = ending.left(policies.all());
        String after = "";
        for (int i = 0; i < batches && !Thread.currentThread().isInterrupted(); i++) {
            String from = after;
            List<TokenId> ended = transactions.inTransaction(
                    () -> tokens.revoke(left, from, pace.tokens(), ending.at(), ending.by(), REASON));
            if (ended.size() < pace.tokens()) {
                finish(ending, left);
                return;
            }
            after = ended.getLast().value();
        }
    }

    /** Unless some were passed over, since somebody else held them. */
    private void finish(PolicyEnding ending, TokenFilter left) {
        if (tokens.find(left, new PageRequest(1, Optional.empty())).items().isEmpty()) policies.finish(ending);
    }

    private Ends ends(Prepared prepared) {
        TokenFilter left = prepared.ends();
        long ended = tokens.count(left);
        List<ApiToken> shown = ended == 0
                ? List.of()
                : tokens.find(left, new PageRequest(MOST_SHOWN, Optional.empty()))
                        .items();
        if (prepared.project().isPresent()) return new Ends(ended, shown, 0, List.of());
        SessionRules before = settings.under(prepared.before().all().session());
        SessionRules after = settings.under(prepared.draft().session());
        return new Ends(
                ended,
                shown,
                overdue.countOf(before, after, prepared.now()),
                overdue.firstOf(before, after, prepared.now(), MOST_SHOWN - shown.size()));
    }

    /**
     * A draft that may be put in force.
     *
     * @param before what all policies say as long as it is not
     */
    private record Prepared(Optional<Project> project, TokenPolicy draft, TokenPolicySnapshot before, Instant now) {
        PolicyEnding ending(Caller caller) {
            return new PolicyEnding(
                    project.map(each -> new PolicyEnding.Scope(each.id(), each.name())), now, caller.name());
        }

        /** The tokens that it ends. */
        TokenFilter ends() {
            TokenPolicySnapshot after =
                    project.map(each -> before.with(each.id(), draft)).orElseGet(() -> before.with(draft));
            TokenFilter ended = TokenFilter.all(now).under(after).onlyEndedByPolicy();
            return project.map(each -> ended.of(each.name())).orElse(ended);
        }
    }

    private Prepared prepare(Optional<String> project, Draft draft) {
        int version = draft.version().orElseThrow(() -> new Refusal.Unmet(TokenRule.POLICY_VERSION));
        TokenPolicy policy = new TokenPolicy(draft.account(), draft.project(), draft.session(), version);
        Optional<Project> found = project.map(this::find);
        TokenPolicySnapshot before = policies.all();
        TokenPolicy replaced = found.map(Project::id)
                .map(each -> before.ofProjects().getOrDefault(each, TokenPolicy.LENIENT))
                .orElse(before.all());
        if (replaced.version() != version)
            throw new Refusal.Conflict(Refusal.Conflict.Reason.STALE, TokenPolicy.KIND, project.orElse(""));
        if (found.isPresent()) {
            policy.checkWithin(before.all());
            before.all().tightenedBy(policy).check();
        } else policy.check();
        return new Prepared(found, policy, before, clock.instant());
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
