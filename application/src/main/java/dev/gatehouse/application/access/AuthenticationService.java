package dev.gatehouse.application.access;

import dev.gatehouse.application.access.Authenticating.Answer.Authenticated;
import dev.gatehouse.application.access.Authenticating.Answer.Rejected;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.access.VerifiedTokens;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenSubject;
import dev.gatehouse.domain.token.TokenVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A token counts when its signature is ours, its times fit, and its record and the record of its owner say so. */
public final class AuthenticationService implements Authenticating {
    private static final String SESSION_SUFFIX = ":login";
    private static final String TOKEN_SUFFIX = ":apiKey";

    private final TokenVerifier verifier;
    private final VerifiedTokens verified;
    private final AccessChanges changes;
    private final Accounts accounts;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final Projects projects;
    private final LastUses lastUses;
    private final Acts acts;
    private final TokenRules rules;
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

    public AuthenticationService(Ports ports, LastUses lastUses, Acts acts, TokenRules rules, InstantSource clock) {
        this.lastUses = lastUses;
        this.acts = acts;
        this.verified = ports.verified();
        this.changes = ports.changes();
        this.verifier = ports.verifier();
        this.accounts = ports.accounts();
        this.sessions = ports.sessions();
        this.tokens = ports.tokens();
        this.projects = ports.projects();
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public Optional<Caller> recall(PlainToken token, Origin origin) {
        OptionalLong count = changes.known();
        if (count.isEmpty()) return Optional.empty();
        Instant now = clock.instant();
        Optional<Caller> caller = verified.find(token.digest())
                .filter(each -> each.changes() == count.getAsLong()
                        && !now.isBefore(each.notBefore())
                        && each.endsAt().map(now::isBefore).orElse(true))
                .map(each -> each.caller().from(origin));
        caller.ifPresent(each -> lastUses.note(each, now));
        return caller;
    }

    @Override
    public Answer authenticate(PlainToken token, Origin origin) {
        return switch (verifier.verify(token)) {
            case TokenVerifier.Verdict.Refused(TokenVerifier.Flaw flaw) -> new Rejected(new Rejection.Forged(flaw));
            case TokenVerifier.Verdict.Genuine(TokenClaims claims) -> {
                // Taken before the records are read: a change in between makes what is remembered old, never new.
                long count = changes.ask();
                Answer answer = judge(claims, origin);
                if (answer instanceof Authenticated(Caller caller)) {
                    lastUses.note(caller, clock.instant());
                    verified.remember(
                            token.digest(),
                            new VerifiedTokens.Verified(caller, claims.notBefore(), claims.expiresAt(), count));
                }
                if (answer instanceof Rejected(Rejection why)) writeDown(claims, why, origin);
                yield answer;
            }
        };
    }

    /** Ours, and shown after its end: who audits wants to know. What we never signed could be anybody's noise. */
    private void writeDown(TokenClaims claims, Rejection why, Origin origin) {
        String reason = why.getClass().getSimpleName();
        acts.refused(
                claims.subject(),
                "token",
                origin,
                AuditAction.ACCESS_DENIED,
                new Target(ApiToken.KIND, claims.id()),
                Character.toLowerCase(reason.charAt(0)) + reason.substring(1));
    }

    private Answer judge(TokenClaims claims, Origin origin) {
        Instant now = clock.instant();
        if (!claims.issuer().equals(rules.issuer()))
            return new Rejected(new Rejection.Forged(TokenVerifier.Flaw.ISSUER));
        if (claims.expiresAt().map(each -> !now.isBefore(each)).orElse(false))
            return new Rejected(new Rejection.Expired());
        if (now.isBefore(claims.notBefore())) return new Rejected(new Rejection.NotYetValid());
        String subject = claims.subject();
        if (subject.endsWith(SESSION_SUFFIX)) return judgeSession(claims, now, origin);
        if (subject.endsWith(TOKEN_SUFFIX)) return judgeAccountToken(claims, now, origin);
        String[] parts = subject.split(":", -1);
        if (parts.length == 3 && parts[0].equals("proj"))
            return judgeProjectToken(claims, parts[1], parts[2], now, origin);
        return new Rejected(new Rejection.SubjectUnknown());
    }

    private Answer judgeSession(TokenClaims claims, Instant now, Origin origin) {
        String name = ownerOf(claims, SESSION_SUFFIX);
        Optional<Session> session = sessions.find(new SessionId(claims.id()))
                .filter(each -> each.name().value().equals(name));
        Optional<Account> account = Username.ifValid(name).flatMap(accounts::find);
        if (account.isEmpty()) return new Rejected(new Rejection.AccountGone(name));
        Optional<Rejection> against = against(account.get(), Capability.LOGIN);
        if (against.isPresent()) return new Rejected(against.get());
        if (session.isEmpty() || !session.get().account().equals(account.get().id()))
            return new Rejected(new Rejection.SessionEnded());
        if (session.get().state() instanceof Session.State.Ended(Instant at, Session.Reason reason))
            return new Rejected(
                    reason == Session.Reason.PASSWORD_CHANGED
                            ? new Rejection.PasswordChanged()
                            : new Rejection.SessionEnded());
        if (!session.get().countsAt(now)) return new Rejected(new Rejection.Expired());
        return authenticated(account.get(), Caller.Method.SESSION, claims, origin);
    }

    private Answer judgeAccountToken(TokenClaims claims, Instant now, Origin origin) {
        String name = ownerOf(claims, TOKEN_SUFFIX);
        Optional<Account> account = Username.ifValid(name).flatMap(accounts::find);
        if (account.isEmpty()) return new Rejected(new Rejection.AccountGone(name));
        Optional<Rejection> against = against(account.get(), Capability.API_KEY);
        if (against.isPresent()) return new Rejected(against.get());
        Optional<ApiToken> token = TokenId.ifValid(claims.id())
                .flatMap(tokens::find)
                .filter(each -> each.subject()
                        .equals(new TokenSubject.OfAccount(
                                account.get().id(), account.get().name())));
        if (token.isEmpty() || !token.get().countsAt(now)) {
            String shown = token.map(each -> each.name().value()).orElse(claims.id());
            return new Rejected(new Rejection.AccountTokenGone(name, shown));
        }
        return authenticated(account.get(), Caller.Method.ACCOUNT_TOKEN, claims, origin);
    }

    private Answer judgeProjectToken(
            TokenClaims claims, String projectText, String roleText, Instant now, Origin origin) {
        Optional<Project> project = ProjectName.ifValid(projectText).flatMap(projects::find);
        if (project.isEmpty()) return new Rejected(new Rejection.ProjectGone(projectText));
        Rejected gone = new Rejected(new Rejection.ProjectTokenGone(projectText, roleText, claims.issuedAt()));
        Optional<RoleName> role = RoleName.ifValid(roleText)
                .filter(each -> project.get().role(each).isPresent());
        if (role.isEmpty()) return gone;
        TokenSubject owner =
                new TokenSubject.OfProjectRole(project.get().id(), project.get().name(), role.get());
        Optional<ApiToken> token = TokenId.ifValid(claims.id())
                .flatMap(tokens::find)
                .filter(each -> each.subject().equals(owner) && each.countsAt(now));
        if (token.isEmpty()) return gone;
        return new Authenticated(new Caller(
                new Subject.OfProjectRole(project.get().name(), role.get()),
                List.of(),
                Caller.Method.PROJECT_TOKEN,
                Optional.of(claims.id()),
                Optional.of(claims.issuedAt()),
                claims.issuer(),
                origin));
    }

    private static String ownerOf(TokenClaims claims, String suffix) {
        return claims.subject().substring(0, claims.subject().length() - suffix.length());
    }

    private static Optional<Rejection> against(Account account, Capability needed) {
        if (!account.enabled())
            return Optional.of(new Rejection.AccountDisabled(account.name().value()));
        if (!account.can(needed))
            return Optional.of(new Rejection.CapabilityGone(account.name().value(), needed));
        return Optional.empty();
    }

    private static Answer authenticated(Account account, Caller.Method method, TokenClaims claims, Origin origin) {
        return new Authenticated(new Caller(
                new Subject.OfAccount(account.id(), account.name()),
                List.of(),
                method,
                Optional.of(claims.id()),
                Optional.of(claims.issuedAt()),
                claims.issuer(),
                origin));
    }
}
