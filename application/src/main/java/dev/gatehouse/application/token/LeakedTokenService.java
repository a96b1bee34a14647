package dev.gatehouse.application.token;

import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Ends what is shown, if it is ours. */
public final class LeakedTokenService implements EndingLeakedTokens {
    /** The reason that the record of such a token gives. */
    public static final String REASON = "revoked by value";

    private static final String SESSION_SUFFIX = ":login";

    private final TokenVerifier verifier;
    private final ApiTokens tokens;
    private final Sessions sessions;
    private final AccessChanges changes;
    private final Acts acts;
    private final TokenRules rules;
    private final InstantSource clock;

    public LeakedTokenService(
            TokenVerifier verifier,
            ApiTokens tokens,
            Sessions sessions,
            AccessChanges changes,
            Acts acts,
            TokenRules rules,
            InstantSource clock) {
        this.verifier = verifier;
        this.tokens = tokens;
        this.sessions = sessions;
        this.changes = changes;
        this.acts = acts;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public void end(PlainToken token, Origin origin) {
        end(token, Optional.empty(), origin);
    }

    @Override
    public void end(Caller caller, PlainToken token) {
        end(token, Optional.of(caller), caller.origin());
    }

    /** @param by absent: whoever holds it */
    private void end(PlainToken token, Optional<Caller> by, Origin origin) {
        if (!(verifier.verify(token) instanceof TokenVerifier.Verdict.Genuine(TokenClaims claims))
                || !claims.issuer().equals(rules.issuer())) return;
        if (claims.subject().endsWith(SESSION_SUFFIX)) endSession(claims, by, origin);
        else
            TokenId.ifValid(claims.id())
                    .flatMap(tokens::find)
                    .filter(each -> each.subject().claim().equals(claims.subject()))
                    .ifPresent(each -> endToken(each, claims, by, origin));
    }

    private void endToken(ApiToken token, TokenClaims claims, Optional<Caller> by, Origin origin) {
        Caller ending = by.orElseGet(() -> switch (token.subject()) {
            case TokenSubject.OfAccount(var id, var name) ->
                holder(new Subject.OfAccount(id, name), Caller.Method.ACCOUNT_TOKEN, claims, origin);
            case TokenSubject.OfProjectRole(var id, var project, var role) ->
                holder(new Subject.OfProjectRole(project, role), Caller.Method.PROJECT_TOKEN, claims, origin);
        });
        Target target = TokenOwners.of(token.subject()).target(token.name().value());
        acts.performIfAny(
                ending,
                AuditAction.TOKEN_REVOKED,
                target,
                () -> counted(token.id().value(), tokens.revoke(token.id(), clock.instant(), ending.name(), REASON)),
                done -> List.of(new Change("reason", "", REASON)));
    }

    private void endSession(TokenClaims claims, Optional<Caller> by, Origin origin) {
        Optional<Session> session = sessions.find(SessionId.ofToken(claims.id()))
                .filter(each -> (each.name() + SESSION_SUFFIX).equals(claims.subject()));
        if (session.isEmpty()) return;
        Caller ending = by.orElseGet(() -> holder(
                new Subject.OfAccount(session.get().account(), session.get().name()),
                Caller.Method.SESSION,
                claims,
                origin));
        acts.performIfAny(
                ending,
                AuditAction.SESSION_ENDED,
                new Target(Session.KIND, session.get().id().value()),
                () -> counted(
                        session.get().id().value(),
                        sessions.end(session.get().id(), clock.instant(), Session.Reason.REVOKED)),
                done -> List.of(new Change("reason", "", REASON)));
    }

    private Optional<Boolean> counted(String credential, boolean ended) {
        if (ended) changes.append(new AccessChange.OfCredential(credential));
        return Optional.of(ended).filter(each -> each);
    }

    private static Caller holder(Subject subject, Caller.Method method, TokenClaims claims, Origin origin) {
        return new Caller(
                subject,
                List.of(),
                method,
                Optional.of(claims.id()),
                Optional.of(claims.issuedAt()),
                claims.issuer(),
                origin);
    }
}
