package dev.gatehouse.application.token;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.TokenPolicyInForce;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Rule;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tokens of all owners, for those who may see them. */
public final class TokenService implements ManagingTokens {
    private static final String RESOURCE = "tokens";
    private static final int LONGEST_REASON = 255;

    private final Authorizing authorizing;
    private final Keepers keepers;
    private final ApiTokens tokens;
    private final AccessChanges changes;
    private final TokenPolicyInForce policies;
    private final Issuing issuing;
    private final Acts acts;
    private final InstantSource clock;
    private final TokenSight sight;

    public TokenService(
            Authorizing authorizing,
            Projects projects,
            ApiTokens tokens,
            AccessChanges changes,
            TokenPolicyInForce policies,
            Issuing issuing,
            Acts acts,
            InstantSource clock) {
        this.authorizing = authorizing;
        this.keepers = new Keepers(authorizing, projects);
        this.tokens = tokens;
        this.changes = changes;
        this.policies = policies;
        this.issuing = issuing;
        this.acts = acts;
        this.clock = clock;
        this.sight = new TokenSight(authorizing, tokens);
    }

    @Override
    public Found find(Caller caller, TokenFilter filter, PageRequest page) {
        return sight.find(caller, filter.under(policies.all()), page);
    }

    @Override
    public Seen get(Caller caller, String id) {
        ApiToken token = require(caller, "get", id);
        return new Seen(token, policies.of(token.subject()), clock.instant());
    }

    @Override
    public IssuedToken issue(Caller caller, String subject, NewToken command) {
        TokenOwners.Owner owner = TokenOwners.read(subject);
        AccessQuestion question = owner.question("create", command.name().orElse(""));
        switch (authorizing.decide(caller, question)) {
            case Decision.Allowed allowed -> {}
            case Decision.Denied(var rule) -> {
                if (rule.isPresent()) authorizing.require(caller, question);
                keepers.require(caller, owner);
            }
        }
        return issuing.issue(caller, owner, command);
    }

    @Override
    public Rotated rotate(Caller caller, String id, Rotation command) {
        ApiToken token = require(caller, "update", id);
        IssuedToken issued = issuing.rotate(caller, token.id(), TokenOwners.of(token.subject()), command);
        return new Rotated(issued, tokens.find(token.id()).flatMap(ApiToken::countsUntil));
    }

    @Override
    public void revoke(Caller caller, String id, String reason) {
        ApiToken token = require(caller, "delete", id);
        Target target = TokenOwners.of(token.subject()).target(token.name().value());
        if (reason.codePointCount(0, reason.length()) > LONGEST_REASON)
            throw new Refusal.Invalid("reason", TokenRule.REASON_LENGTH);
        Rule.OfText.check("reason", reason);
        acts.performIfAny(
                caller,
                AuditAction.TOKEN_REVOKED,
                target,
                () -> {
                    if (!tokens.revoke(token.id(), clock.instant(), caller.name(), reason)) return Optional.empty();
                    changes.append(new AccessChange.OfCredential(token.id().value()));
                    return Optional.of(token);
                },
                done -> reason.isEmpty() ? List.of() : List.of(new Change("reason", "", reason)));
    }

    /** The token of this id, if the caller may do this to it; otherwise nobody learns whether there is one. */
    private ApiToken require(Caller caller, String action, String id) {
        Optional<ApiToken> token = TokenId.ifValid(id).flatMap(tokens::find).filter(each -> may(caller, action, each));
        if (token.isPresent()) return token.get();
        AccessQuestion all = new AccessQuestion(RESOURCE, action, "*");
        if (authorizing.decide(caller, all) instanceof Decision.Allowed) throw new Refusal.NotFound(ApiToken.KIND, id);
        acts.refused(caller, AuditAction.ACCESS_DENIED, new Target(RESOURCE + "/" + action, id), "denied");
        throw new Refusal.Forbidden(RESOURCE, action, id, caller.name(), caller.issuedAt());
    }

    private boolean may(Caller caller, String action, ApiToken token) {
        boolean changing = action.equals("update");
        boolean itself =
                Keepers.shown(caller).filter(token.id().value()::equals).isPresent();
        if (itself && !changing) return true;
        TokenOwners.Owner owner = TokenOwners.of(token.subject());
        AccessQuestion question = owner.question(action, token.name().value());
        return switch (authorizing.decide(caller, question)) {
            case Decision.Allowed allowed -> true;
            // Who is denied it is denied it, unless it is to see or end what is one's own.
            case Decision.Denied(var rule) -> {
                // Nobody said that it may live on by itself; whoever stole it could go on for ever.
                if (itself) yield false;
                boolean own = isOwn(caller, token) && caller.mayUseItFor(question);
                if (rule.isPresent()) yield own && !changing;
                yield own || (!action.equals("get") && keepers.keeps(caller, owner));
            }
        };
    }

    static boolean isOwn(Caller caller, ApiToken token) {
        return caller.subject() instanceof Subject.OfAccount self
                && token.subject() instanceof TokenSubject.OfAccount owner
                && self.id().equals(owner.id());
    }
}
