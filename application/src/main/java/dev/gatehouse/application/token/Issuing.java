package dev.gatehouse.application.token;

import dev.gatehouse.application.access.RecentSignIn;
import dev.gatehouse.application.access.TokenPolicyInForce;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountRule;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.Lifetime;
import dev.gatehouse.domain.token.Overlap;
import dev.gatehouse.domain.token.Restrictions;
import dev.gatehouse.domain.token.Terms;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenPolicies;
import dev.gatehouse.domain.token.TokenPolicy;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenSigner;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** How a token comes into being, whoever it speaks for. Whether the caller may is asked before. */
public final class Issuing {
    private static final int MARK_LENGTH = 8;

    private final ApiTokens tokens;
    private final Accounts accounts;
    private final Projects projects;
    private final AccessChanges changes;
    private final TokenPolicies policies;
    private final TokenPolicyInForce inForce;
    private final RecentSignIn recentSignIn;
    private final OncePerKey oncePerKey;
    private final TokenSigner signer;
    private final Ids ids;
    private final Acts acts;
    private final TokenRules rules;
    private final InstantSource clock;

    /** The driven ports it asks. */
    public record Ports(
            ApiTokens tokens,
            Accounts accounts,
            Projects projects,
            AccessChanges changes,
            TokenPolicies policies,
            TokenSigner signer,
            Ids ids) {}

    public Issuing(
            Ports ports,
            TokenPolicyInForce inForce,
            RecentSignIn recentSignIn,
            OncePerKey oncePerKey,
            Acts acts,
            TokenRules rules,
            InstantSource clock) {
        this.tokens = ports.tokens();
        this.accounts = ports.accounts();
        this.projects = ports.projects();
        this.changes = ports.changes();
        this.policies = ports.policies();
        this.inForce = inForce;
        this.recentSignIn = recentSignIn;
        this.oncePerKey = oncePerKey;
        this.signer = ports.signer();
        this.ids = ports.ids();
        this.acts = acts;
        this.rules = rules;
        this.clock = clock;
    }

    /** Gives out a token, or the one that was made by the same request. */
    IssuedToken issue(Caller caller, TokenOwners.Owner owner, NewToken command) {
        Target target = owner.target(command.name().orElse(""));
        return sign(oncePerKey.make(
                caller,
                command.repetition(),
                made -> acts.prepare(
                        caller, AuditAction.TOKEN_CREATED, target, () -> shownAgain(caller, shown(caller), made)),
                () -> acts.perform(caller, AuditAction.TOKEN_CREATED, target, () -> stored(caller, owner, command))));
    }

    private ApiToken stored(Caller caller, TokenOwners.Owner owner, NewToken command) {
        TokenSubject subject = hold(owner);
        Instant now = clock.instant();
        Optional<ApiToken> shown = shown(caller);
        KindPolicy policy = inForce.of(subject);
        if (policy.mostLive().isPresent()) requireRoom(subject, owner, now);
        Terms terms = new Terms(
                command.description(),
                capped(rules.grant(policy.grant(command.expiresInSeconds().map(Lifetime::ofSeconds))), shown, now),
                command.notBefore(),
                narrowed(restrictions(command.restrictions()), shown));
        requireRecentSignIn(caller, subject, terms.lifetime(), terms.restrictions());
        ApiToken token = inserted(
                subject, command.name(), (id, name) -> ApiToken.issue(id, name, subject, terms, caller.name(), now));
        oncePerKey.remember(
                caller, command.repetition(), ApiToken.KIND, token.id().value());
        return token;
    }

    /** Exact: who gives out another at the same time waits, and counts this one. */
    private void requireRoom(TokenSubject subject, TokenOwners.Owner owner, Instant now) {
        KindPolicy held = hold(subject);
        held.mostLive()
                .filter(most -> tokens.countLive(subject, held, now, most) >= most)
                .ifPresent(most -> {
                    throw new Refusal.Unmet(TokenRule.TOO_MANY_LIVE, owner.shown(), Integer.toString(most));
                });
    }

    /** As exact: so that beside the live ones at most as many others count. */
    private void requireRoomBeside(TokenSubject subject, TokenOwners.Owner owner) {
        KindPolicy held = hold(subject);
        held.mostLive()
                .filter(most -> tokens.countOpen(subject, held, clock.instant(), most) >= most)
                .ifPresent(most -> {
                    throw new Refusal.Unmet(TokenRule.TOO_MANY_OPEN, owner.shown(), Integer.toString(most));
                });
    }

    /** What holds for a subject, and nobody changes it meanwhile. */
    private KindPolicy hold(TokenSubject subject) {
        TokenPolicy all = policies.hold(Optional.empty()).orElse(TokenPolicy.LENIENT);
        return switch (subject) {
            case TokenSubject.OfAccount account -> all.account();
            case TokenSubject.OfProjectRole role ->
                all.tightenedBy(policies.hold(Optional.of(role.id())).orElse(TokenPolicy.LENIENT))
                        .project();
        };
    }

    /** Puts another token in the place of this one, or gives out the one that the same request put there. */
    IssuedToken rotate(Caller caller, TokenId id, TokenOwners.Owner owner, Rotation command) {
        Target target = owner.target(id.value());
        return sign(oncePerKey.make(
                caller,
                command.repetition(),
                made -> acts.prepare(
                        caller,
                        AuditAction.TOKEN_ROTATED,
                        target,
                        () -> shownAgain(caller, shownBeside(caller, id), made)),
                () -> acts.perform(
                        caller,
                        AuditAction.TOKEN_ROTATED,
                        target,
                        () -> rotated(caller, id, owner, command),
                        next -> List.of(new Change("successor", "", next.id().value())))));
    }

    private ApiToken rotated(Caller caller, TokenId id, TokenOwners.Owner owner, Rotation command) {
        TokenSubject subject = hold(owner);
        ApiToken seen = tokens.find(id)
                .filter(each -> each.subject().equals(subject))
                .orElseThrow(() -> new Refusal.NotFound(ApiToken.KIND, id.value()));
        Overlap overlap = Overlap.ofSeconds(command.overlapSeconds(), command.closeOnFirstUse());
        // As long as the owner is held, nobody else rotates this one or another of it.
        boolean staysOpen =
                seen.state() instanceof ApiToken.State.Live && !overlap.length().isZero();
        if (staysOpen && inForce.of(subject).mostLive().isPresent()) requireRoomBeside(subject, owner);
        // The first of the family before any other of it, as everybody who changes a family does.
        tokens.hold(seen.lineage().family());
        ApiToken old = tokens.hold(id).orElse(seen);
        Instant now = clock.instant();
        Optional<ApiToken> shown = shownBeside(caller, id);
        shown.ifPresent(each -> requireWithin(each, old.restrictions()));
        Lifetime asked = command.expiresInSeconds()
                .map(Lifetime::ofSeconds)
                .orElseGet(() -> new Lifetime(old.expiresAt().map(end -> Duration.between(old.issuedAt(), end))));
        Lifetime lifetime = capped(rules.grant(inForce.of(subject).grant(Optional.of(asked))), shown, now);
        requireRecentSignIn(caller, subject, lifetime, old.restrictions());
        String description = command.description().orElse(old.description());
        ApiToken next = inserted(
                subject,
                command.name(),
                (nextId, name) -> old.successor(nextId, name, description, lifetime, caller.name(), now));
        if (!tokens.supersede(old.supersededBy(next.id(), overlap, now)))
            throw new Refusal.Conflict(Refusal.Conflict.Reason.STALE, ApiToken.KIND, id.value());
        oncePerKey.remember(
                caller, command.repetition(), ApiToken.KIND, next.id().value());
        // Until when the old one counts is remembered elsewhere.
        changes.append(new AccessChange.OfCredential(id.value()));
        return next;
    }

    private void requireRecentSignIn(
            Caller caller, TokenSubject subject, Lifetime lifetime, Restrictions restrictions) {
        recentSignIn.requireToGive(caller, subject, lifetime.length().isEmpty(), restrictions.limits());
    }

    /** Who is to be the owner: whoever removes or disables it meanwhile waits, and ends this token, too. */
    private TokenSubject hold(TokenOwners.Owner owner) {
        return switch (owner) {
            case TokenOwners.OfAccount(String name) -> {
                Account account = Username.ifValid(name)
                        .flatMap(accounts::hold)
                        .orElseThrow(() -> new Refusal.NotFound(Account.KIND, name));
                if (!account.enabled()) throw new Refusal.Unmet(AccountRule.DISABLED, name);
                if (!account.can(Capability.API_KEY))
                    throw new Refusal.Unmet(AccountRule.LACKS_CAPABILITY, name, Capability.API_KEY.word());
                yield new TokenSubject.OfAccount(account.id(), account.name());
            }
            case TokenOwners.OfRole(String name, String role) -> {
                Project project = ProjectName.ifValid(name)
                        .flatMap(projects::hold)
                        .orElseThrow(() -> new Refusal.NotFound(Project.KIND, name));
                ProjectRole found = RoleName.ifValid(role)
                        .flatMap(project::role)
                        .orElseThrow(() -> new Refusal.NotFound(
                                Project.ROLE_KIND, role, project.name().value()));
                yield new TokenSubject.OfProjectRole(project.id(), project.name(), found.name());
            }
        };
    }

    private static Restrictions restrictions(NewToken.Restricted asked) {
        return Restrictions.parse(asked.networks(), asked.permissions(), asked.maxUses());
    }

    /** The token that the caller shows; absent when it is something else. */
    private Optional<ApiToken> shown(Caller caller) {
        return Keepers.shown(caller).flatMap(TokenId::ifValid).flatMap(tokens::find);
    }

    /** As {@link #shown}; absent, too, when it is the one that is rotated: its successor is no other beside it. */
    private Optional<ApiToken> shownBeside(Caller caller, TokenId rotated) {
        return shown(caller).filter(each -> !each.id().equals(rotated));
    }

    /** A token gives out nothing that counts longer than itself. */
    private Lifetime capped(Lifetime granted, Optional<ApiToken> shown, Instant now) {
        return shown.flatMap(each -> left(each, now)).map(granted::atMost).orElse(granted);
    }

    /**
     * How long what a token gives out now may count; absent: without an end. Not that nobody uses it may end it: it is used,
     * and what it gives out ends so, too.
     */
    private Optional<Duration> left(ApiToken shown, Instant now) {
        return inForce.of(shown.subject())
                .latestEndOf(shown)
                .map(end -> Duration.ofSeconds(Math.max(1, end.getEpochSecond() - now.getEpochSecond())));
    }

    /** A token gives out nothing that may do more than itself. */
    private static Restrictions narrowed(Restrictions asked, Optional<ApiToken> shown) {
        if (shown.isEmpty()) return asked;
        Restrictions own = shown.get().restrictions();
        Restrictions narrowed = new Restrictions(own.limits().orElse(asked.limits()), asked.maxUses());
        requireWithin(shown.get(), narrowed);
        return narrowed;
    }

    private static void requireWithin(ApiToken shown, Restrictions given) {
        requireUsesUnlimited(shown);
        Limits limits = shown.restrictions().limits();
        if (!new Limits(limits.networks(), List.of()).covers(given.limits()))
            throw new Refusal.Unmet(TokenRule.WIDER, "networks");
        if (!new Limits(List.of(), limits.permissions()).covers(given.limits()))
            throw new Refusal.Unmet(TokenRule.WIDER, "permissions");
    }

    private static void requireUsesUnlimited(ApiToken shown) {
        if (shown.restrictions().maxUses().isPresent()) throw new Refusal.Unmet(TokenRule.USES_LIMITED);
    }

    /** Nobody asked for anything here, so nobody is told what to ask for less of. */
    private void requireNoMore(ApiToken shown, ApiToken made, Instant now) {
        requireUsesUnlimited(shown);
        boolean wider =
                !shown.restrictions().limits().covers(made.restrictions().limits());
        boolean longer = left(shown, now)
                .map(Instant.ofEpochSecond(now.getEpochSecond())::plus)
                .filter(latest ->
                        made.expiresAt().filter(end -> !end.isAfter(latest)).isEmpty())
                .isPresent();
        if (wider || longer) throw new Refusal.Unmet(TokenRule.MORE_THAN_SHOWN);
    }

    @FunctionalInterface
    private interface Maker {
        ApiToken make(TokenId id, TokenName name);
    }

    /** The id is the name itself, unless somebody else's token has it already. */
    private ApiToken inserted(TokenSubject subject, Optional<String> asked, Maker maker) {
        TokenName name = new TokenName(asked.filter(each -> !each.isEmpty()).orElseGet(ids::newIdInOrder));
        String kid = signer.kid();
        ApiToken token = maker.make(new TokenId(name.value()), name).signedBy(kid);
        try {
            tokens.insert(token);
            return token;
        } catch (Refusal.Conflict e) {
            if (tokens.named(subject, name).isPresent())
                throw new Refusal.Conflict(Refusal.Conflict.Reason.ALREADY_EXISTS, ApiToken.KIND, name.value());
            ApiToken marked = maker.make(
                            new TokenId(
                                    name + "~" + ids.newId().replace("-", "").substring(0, MARK_LENGTH)),
                            name)
                    .signedBy(kid);
            tokens.insert(marked);
            return marked;
        }
    }

    /**
     * Its secret is made again only while nobody has used it; and to show a token is to give it out. Idempotency keys are
     * those of the subject, whatever it shows: so a token that is shown gets nothing that it could not have given out now.
     */
    private ApiToken shownAgain(Caller caller, Optional<ApiToken> shown, String id) {
        ApiToken made = tokens.find(new TokenId(id))
                .filter(each -> each.uses().firstAt().isEmpty())
                .orElseThrow(() -> new Refusal.Conflict(Refusal.Conflict.Reason.SPENT, ApiToken.KIND, id));
        shown.ifPresent(each -> requireNoMore(each, made, clock.instant()));
        recentSignIn.requireToGive(
                caller,
                made.subject(),
                made.expiresAt().isEmpty(),
                made.restrictions().limits());
        return made;
    }

    /** Signs what was stored; a signature costs time that no transaction should hold. */
    private IssuedToken sign(ApiToken token) {
        TokenClaims claims = token.claims(rules.issuer());
        return new IssuedToken(
                token, token.signedBy().map(kid -> signer.sign(claims, kid)).orElseGet(() -> signer.sign(claims)));
    }
}
