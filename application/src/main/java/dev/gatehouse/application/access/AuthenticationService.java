package dev.gatehouse.application.access;

import dev.gatehouse.application.access.Authenticating.Answer.Authenticated;
import dev.gatehouse.application.access.Authenticating.Answer.Rejected;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.AccountRule;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenSubject;
import dev.gatehouse.domain.token.TokenVerifier;
import dev.gatehouse.domain.token.VerifiedTokens;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A token counts when its signature is ours, its times fit, and its record and the record of its owner say so. */
public final class AuthenticationService implements Authenticating {
    private static final String SESSION_SUFFIX = ":login";
    private static final String TOKEN_SUFFIX = ":apiKey";
    /** Of accounts, and of projects: so the look-up of a token is mostly one, of its own row. */
    private static final int MOST_OWNERS = 20_000;

    private final TokenVerifier verifier;
    private final VerifiedTokens verified;
    private final AccessChanges changes;
    private final Accounts accounts;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final Projects projects;
    private final LastUses lastUses;
    private final TokenAdmission admission;
    private final Remembered<Username, Optional<Holder>> holders;
    private final Remembered<ProjectName, Optional<Home>> homes;
    private final Acts acts;
    private final TokenRules rules;
    private final TokenPolicyInForce policies;
    private final InstantSource clock;

    /** The driven ports it asks, in the order in which it asks them. */
    public record Ports(
            VerifiedTokens verified,
            AccessChanges changes,
            TokenVerifier verifier,
            Accounts accounts,
            Sessions sessions,
            ApiTokens tokens,
            Projects projects) {}

    /** What decides of an account whether its credentials count. */
    private record Holder(
            AccountId id,
            Username name,
            boolean enabled,
            Set<Capability> capabilities,
            Optional<Instant> passwordChangedAt,
            boolean passwordChangeRequired) {}

    /** What decides of a project whether its tokens count. */
    private record Home(ProjectId id, ProjectName name, Set<RoleName> roles) {}

    /**
     * @param unjudged is told of each token that was shown after it had been rotated and closed, while this process did not
     *     keep up ({@link AccessChanges#keptUp}): it was refused, and its family goes on
     */
    public AuthenticationService(
            Ports ports,
            LastUses lastUses,
            TokenPolicyInForce policies,
            Acts acts,
            Consumer<TokenId> unjudged,
            TokenRules rules,
            InstantSource clock) {
        this.lastUses = lastUses;
        this.admission = new TokenAdmission(
                ports.tokens(), ports.accounts(), ports.projects(), ports.changes(), policies, acts, unjudged, clock);
        this.acts = acts;
        this.verified = ports.verified();
        this.changes = ports.changes();
        this.verifier = ports.verifier();
        this.accounts = ports.accounts();
        this.sessions = ports.sessions();
        this.tokens = ports.tokens();
        this.projects = ports.projects();
        this.holders = new Remembered<>(changes, AccessChange.OfAccount::new, MOST_OWNERS);
        this.homes = new Remembered<>(changes, AccessChange.OfProject::new, MOST_OWNERS);
        this.rules = rules;
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public Optional<Caller> recall(PlainToken token, Origin origin) {
        return remembered(token, origin).map(Inspected::caller);
    }

    @Override
    public Optional<Inspected> inspect(PlainToken token, Origin origin) {
        return remembered(token, origin).or(() -> examine(token, origin).inspected());
    }

    private Optional<Inspected> remembered(PlainToken token, Origin origin) {
        Optional<VerifiedTokens.Verified> found = verified.find(token);
        if (found.isEmpty()) return Optional.empty();
        VerifiedTokens.Verified each = found.get();
        Instant now = clock.instant();
        boolean counts = !now.isBefore(each.notBefore())
                && each.endsAt().map(now::isBefore).orElse(true)
                && changes.untouched(each.since(), each.restsOn())
                && each.caller().limits().admits(origin.address());
        if (!counts) return Optional.empty();
        Caller caller = each.caller().from(origin);
        lastUses.note(caller, now);
        return Optional.of(new Inspected(caller, each.jti(), each.notBefore()));
    }

    @Override
    public Answer authenticate(PlainToken token, Origin origin) {
        return examine(token, origin).answer();
    }

    /** @param inspected present when it counts */
    private record Examined(Answer answer, Optional<Inspected> inspected) {
        static Examined no(Rejection why) {
            return new Examined(new Rejected(why), Optional.empty());
        }
    }

    private Examined examine(PlainToken token, Origin origin) {
        // Before anything that takes time: what is closed meanwhile was not closed when it was shown.
        Instant arrived = clock.instant();
        TokenAdmission.Arrival arrival = new TokenAdmission.Arrival(arrived, changes.keptUp());
        // Taken before anything is looked up: a change in between makes what is remembered old, never new.
        long since = changes.known().orElse(AccessChanges.NEVER);
        return switch (verifier.verify(token)) {
            case TokenVerifier.Verdict.Refused(TokenVerifier.Flaw flaw) -> Examined.no(new Rejection.Forged(flaw));
            case TokenVerifier.Verdict.Genuine(TokenClaims claims) -> {
                Judged judged = judge(claims, arrival, origin);
                Answer answer = judged.answer();
                if (answer instanceof Authenticated(Caller caller)) {
                    Instant now = clock.instant();
                    lastUses.note(caller, now);
                    // What is counted exactly is looked up each time.
                    if (judged.uses().isEmpty() && since != AccessChanges.NEVER)
                        verified.remember(
                                token,
                                new VerifiedTokens.Verified(
                                        caller,
                                        claims.id(),
                                        claims.notBefore(),
                                        rememberedUntil(judged, until(judged, claims, arrived), now),
                                        since,
                                        restsOn(caller, claims, judged)));
                }
                if (answer instanceof Rejected(Rejection why)) writeDown(claims, why, origin);
                yield new Examined(
                        answer,
                        answer instanceof Authenticated(Caller caller)
                                ? Optional.of(new Inspected(caller, claims.id(), claims.notBefore()))
                                : Optional.empty());
            }
        };
    }

    private Optional<Instant> until(Judged judged, TokenClaims claims, Instant arrived) {
        return judged.token().flatMap(each -> admission.until(each, arrived)).or(claims::expiresAt);
    }

    private static List<AccessChange> restsOn(Caller caller, TokenClaims claims, Judged judged) {
        AccessChange owner = switch (caller.subject()) {
            case Subject.OfAccount account -> new AccessChange.OfAccount(account.name());
            case Subject.OfProjectRole role -> new AccessChange.OfProject(role.project());
            case Subject.Itself itself -> throw new IllegalStateException("no token speaks for the service");
        };
        // A change of its family, by way of the first of it.
        String family =
                judged.token().map(each -> each.lineage().family().value()).orElse(claims.id());
        return Stream.of(
                        new AccessChange.OfCredential(caller.credential().orElse(claims.id())),
                        new AccessChange.OfCredential(family),
                        owner,
                        new AccessChange.OfKeys())
                .distinct()
                .toList();
    }

    /**
     * This is a use, so that the session cannot be idle before this and that; then its record is asked once more. That of a
     * token is asked from time to time, so that a use after a pause is noticed as one.
     */
    private Optional<Instant> rememberedUntil(Judged judged, Optional<Instant> end, Instant now) {
        if (judged.session().isEmpty()) {
            Instant again = now.plus(VerifiedTokens.LOOKED_AT_AGAIN);
            return end.filter(again::isAfter).or(() -> Optional.of(again));
        }
        SessionRules sessionRules = policies.sessions();
        Optional<Instant> idle = sessionRules.idle().map(now::plus);
        Optional<Instant> last = judged.session().map(each -> each.endsAt(sessionRules));
        return Stream.of(idle, last, end).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** Ours, and shown after its end: who audits wants to know. What we never signed could be anybody's noise. */
    private void writeDown(TokenClaims claims, Rejection why, Origin origin) {
        String reason = why.getClass().getSimpleName();
        acts.refused(
                claims.subject(),
                Optional.of(claims.id()),
                "token",
                origin,
                AuditAction.ACCESS_DENIED,
                new Target(ApiToken.KIND, claims.id()),
                Character.toLowerCase(reason.charAt(0)) + reason.substring(1));
    }

    /**
     * @param token the one that was shown; absent for a session
     * @param session the one that counts; absent for a token
     */
    private record Judged(Answer answer, Optional<ApiToken> token, Optional<Session> session) {
        static Judged no(Rejection why) {
            return new Judged(new Rejected(why), Optional.empty(), Optional.empty());
        }

        /** How often it may be used; absent: as often as one likes. */
        Optional<Integer> uses() {
            return token.flatMap(each -> each.restrictions().maxUses());
        }
    }

    private Judged judge(TokenClaims claims, TokenAdmission.Arrival arrival, Origin origin) {
        Instant now = arrival.at();
        if (!claims.issuer().equals(rules.issuer())) return Judged.no(new Rejection.Forged(TokenVerifier.Flaw.ISSUER));
        if (claims.expiresAt().map(each -> !now.isBefore(each)).orElse(false))
            return Judged.no(new Rejection.Expired());
        if (now.isBefore(claims.notBefore())) return Judged.no(new Rejection.NotYetValid());
        String subject = claims.subject();
        if (subject.endsWith(SESSION_SUFFIX)) return judgeSession(claims, now, origin);
        if (subject.endsWith(TOKEN_SUFFIX)) return judgeAccountToken(claims, arrival, origin);
        String[] parts = subject.split(":", -1);
        if (parts.length == 3 && parts[0].equals("proj"))
            return judgeProjectToken(claims, parts[1], parts[2], arrival, origin);
        return Judged.no(new Rejection.SubjectUnknown());
    }

    private Judged judgeSession(TokenClaims claims, Instant now, Origin origin) {
        String name = ownerOf(claims, SESSION_SUFFIX);
        SessionId id = SessionId.ofToken(claims.id());
        Optional<Session> session =
                sessions.find(id).filter(each -> each.name().value().equals(name));
        Optional<Holder> account = holder(name);
        if (account.isEmpty()) return Judged.no(new Rejection.AccountGone(name));
        Optional<Rejection> against = against(account.get(), Capability.LOGIN);
        if (against.isPresent()) return Judged.no(against.get());
        if (session.isEmpty()) return Judged.no(withoutRecord(account.get(), claims));
        if (!session.get().account().equals(account.get().id())) return Judged.no(new Rejection.SessionEnded());
        if (session.get().state() instanceof Session.State.Ended(Instant at, Session.Reason reason))
            return Judged.no(
                    switch (reason) {
                        case PASSWORD_CHANGED -> new Rejection.PasswordChanged();
                        case IDLE -> new Rejection.Expired();
                        case SIGNED_OUT, REVOKED, GAVE_WAY -> new Rejection.SessionEnded();
                    });
        SessionRules sessionRules = policies.sessions();
        if (!session.get().countsAt(now) || isIdle(session.get(), sessionRules, now))
            return Judged.no(new Rejection.Expired());
        // As it is told once that is written down.
        if (!session.get().countsAt(now, sessionRules)) return Judged.no(new Rejection.SessionEnded());
        Answer answer = authenticated(account.get(), session.get(), claims, origin);
        return new Judged(
                account.get().passwordChangeRequired() ? onlyToChange(answer, account.get()) : answer,
                Optional.empty(),
                session);
    }

    private static Answer onlyToChange(Answer answer, Holder account) {
        return answer instanceof Authenticated(Caller caller)
                ? new Answer.PasswordChangeRequired(
                        caller,
                        new Refusal.Unmet(
                                AccountRule.PASSWORD_CHANGE_REQUIRED,
                                account.name().value()))
                : answer;
    }

    /** A session that ended long ago has no record any more; whether its password was changed is known all the same. */
    private static Rejection withoutRecord(Holder account, TokenClaims claims) {
        return account.passwordChangedAt()
                        .filter(each -> each.isAfter(claims.issuedAt()))
                        .isPresent()
                ? new Rejection.PasswordChanged()
                : new Rejection.SessionEnded();
    }

    /** Another process may know of a use that it has not written down yet; it does so in time. */
    private boolean isIdle(Session session, SessionRules sessionRules, Instant now) {
        if (sessionRules.idle().isEmpty()) return false;
        Instant seen = lastUses.unwritten(session.id())
                .filter(session.lastSeenAt()::isBefore)
                .orElse(session.lastSeenAt());
        return !now.isBefore(seen.plus(sessionRules.idle().get()).plus(LastUses.LONGEST_WAIT));
    }

    private Judged judgeAccountToken(TokenClaims claims, TokenAdmission.Arrival arrival, Origin origin) {
        String name = ownerOf(claims, TOKEN_SUFFIX);
        Optional<Holder> account = holder(name);
        if (account.isEmpty()) return Judged.no(new Rejection.AccountGone(name));
        Optional<Rejection> against = against(account.get(), Capability.API_KEY);
        if (against.isPresent()) return Judged.no(against.get());
        Optional<ApiToken> token = TokenId.ifValid(claims.id())
                .flatMap(tokens::find)
                .filter(each -> each.subject()
                        .equals(new TokenSubject.OfAccount(
                                account.get().id(), account.get().name())));
        if (token.isEmpty()) return Judged.no(new Rejection.AccountTokenGone(name, claims.id()));
        Subject subject =
                new Subject.OfAccount(account.get().id(), account.get().name());
        return judge(
                token.get(),
                caller(subject, Caller.Method.ACCOUNT_TOKEN, claims, token.get(), origin),
                arrival,
                new Rejection.AccountTokenGone(name, token.get().name().value()));
    }

    private Judged judgeProjectToken(
            TokenClaims claims, String projectText, String roleText, TokenAdmission.Arrival arrival, Origin origin) {
        Optional<Home> project = ProjectName.ifValid(projectText).flatMap(each -> homes.get(each, this::home));
        if (project.isEmpty()) return Judged.no(new Rejection.ProjectGone(projectText));
        Rejection gone = new Rejection.ProjectTokenGone(projectText, roleText, claims.issuedAt());
        Optional<RoleName> role =
                RoleName.ifValid(roleText).filter(project.get().roles()::contains);
        if (role.isEmpty()) return Judged.no(gone);
        TokenSubject owner =
                new TokenSubject.OfProjectRole(project.get().id(), project.get().name(), role.get());
        Optional<ApiToken> token = TokenId.ifValid(claims.id())
                .flatMap(tokens::find)
                .filter(each -> each.subject().equals(owner));
        if (token.isEmpty()) return Judged.no(gone);
        Subject subject = new Subject.OfProjectRole(project.get().name(), role.get());
        return judge(
                token.get(), caller(subject, Caller.Method.PROJECT_TOKEN, claims, token.get(), origin), arrival, gone);
    }

    /** What the record of the token itself says. */
    private Judged judge(ApiToken token, Caller caller, TokenAdmission.Arrival arrival, Rejection gone) {
        Answer answer = admission
                .against(token, caller, arrival, gone)
                .<Answer>map(Rejected::new)
                .orElseGet(() -> new Authenticated(caller));
        return new Judged(answer, Optional.of(token), Optional.empty());
    }

    private static Caller caller(
            Subject subject, Caller.Method method, TokenClaims claims, ApiToken token, Origin origin) {
        return new Caller(
                subject,
                List.of(),
                method,
                Optional.of(claims.id()),
                Optional.of(claims.issuedAt()),
                claims.expiresAt(),
                claims.issuer(),
                origin,
                token.restrictions().limits());
    }

    private static String ownerOf(TokenClaims claims, String suffix) {
        return claims.subject().substring(0, claims.subject().length() - suffix.length());
    }

    private Optional<Holder> holder(String name) {
        return Username.ifValid(name)
                .flatMap(valid -> holders.get(
                        valid,
                        each -> accounts.find(each)
                                .map(account -> new Holder(
                                        account.id(),
                                        account.name(),
                                        account.enabled(),
                                        account.capabilities(),
                                        account.passwordChangedAt(),
                                        account.passwordChangeRequired()))));
    }

    private Optional<Home> home(ProjectName name) {
        return projects.find(name)
                .map(each -> new Home(
                        each.id(),
                        each.name(),
                        each.spec().roles().stream().map(ProjectRole::name).collect(Collectors.toUnmodifiableSet())));
    }

    private static Optional<Rejection> against(Holder account, Capability needed) {
        if (!account.enabled())
            return Optional.of(new Rejection.AccountDisabled(account.name().value()));
        if (!account.capabilities().contains(needed))
            return Optional.of(new Rejection.CapabilityGone(account.name().value(), needed));
        return Optional.empty();
    }

    private static Answer authenticated(Holder account, Session session, TokenClaims claims, Origin origin) {
        return new Authenticated(new Caller(
                new Subject.OfAccount(account.id(), account.name()),
                List.of(),
                Caller.Method.SESSION,
                Optional.of(session.id().value()),
                Optional.of(claims.issuedAt()),
                claims.expiresAt(),
                claims.issuer(),
                origin,
                Limits.NONE,
                Optional.of(session.startedAt())));
    }
}
