package dev.gatehouse.application.access;

import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.TokenEnd;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Judges the record of a genuine token, and writes down what its use changes: the first one, each of a limited number. */
final class TokenAdmission {
    /** Why the tokens of a family were ended of which a closed one was used. */
    static final String REUSED = "reused";

    /**
     * How a token was shown.
     *
     * @param at from before anything was looked up
     * @param prompt whether it did not wait for it: in front of a process that stood still, it may have been shown long
     *     before
     */
    record Arrival(Instant at, boolean prompt) {}

    private final ApiTokens tokens;
    private final Accounts accounts;
    private final Projects projects;
    private final AccessChanges changes;
    private final TokenPolicyInForce policies;
    private final Acts acts;
    private final Consumer<TokenId> unjudged;
    private final InstantSource clock;

    /** @param unjudged is told of each closed one that was shown when nobody could tell since when it waited */
    TokenAdmission(
            ApiTokens tokens,
            Accounts accounts,
            Projects projects,
            AccessChanges changes,
            TokenPolicyInForce policies,
            Acts acts,
            Consumer<TokenId> unjudged,
            InstantSource clock) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.projects = projects;
        this.changes = changes;
        this.policies = policies;
        this.acts = acts;
        this.unjudged = unjudged;
        this.clock = clock;
    }

    /**
     * What stands against using it.
     *
     * @param caller who shows it, as whom it speaks
     * @param arrival from before its record was read
     * @param gone what its holder is told when it does not count any more
     */
    Optional<Rejection> against(ApiToken token, Caller caller, Arrival arrival, Rejection gone) {
        Instant arrived = arrival.at();
        if (closedBefore(token, arrived)) {
            if (arrival.prompt()) endFamily(token, caller, arrived);
            else unjudged.accept(token.id());
            return Optional.of(gone);
        }
        if (!token.countsAt(arrived)) return Optional.of(gone);
        if (policies.of(token.subject()).endedBy(arrived, token)) return Optional.of(new Rejection.PolicyEnded());
        if (!caller.limits().admits(caller.origin().address())) return Optional.of(new Rejection.SourceRefused());
        if (token.restrictions().maxUses().isPresent() && !tokens.countUse(token.id()))
            return Optional.of(new Rejection.UsesSpent());
        return writtenDown(token, caller, arrived) ? Optional.empty() : Optional.of(gone);
    }

    /** What others must know of this use at once. False when it was ended while that was written: as unused, maybe. */
    private boolean writtenDown(ApiToken token, Caller caller, Instant arrived) {
        if (token.uses().firstAt().isEmpty())
            return wasFirstUse(token, caller)
                    || tokens.find(token.id()).filter(each -> !each.isRevoked()).isPresent();
        return !token.pausedAt(arrived)
                || tokens.used(
                        token.id(),
                        new LastUse(
                                arrived,
                                caller.origin().address(),
                                caller.origin().userAgent()));
    }

    /** Until when a token that counts and is used now goes on counting; absent: without an end. */
    Optional<Instant> until(ApiToken token, Instant now) {
        return policies.of(token.subject())
                .firstEndOf(token.used(new LastUse(now, "", "")))
                .map(TokenEnd::at);
    }

    private static boolean closedBefore(ApiToken token, Instant arrived) {
        return token.state() instanceof ApiToken.State.Superseded superseded && superseded.closedBefore(arrived);
    }

    /** Exact, for that of a successor ends what came before it: of several first uses one is the first. */
    private boolean wasFirstUse(ApiToken token, Caller caller) {
        Optional<Integer> first = acts.performIfAny(
                caller,
                AuditAction.TOKEN_FIRST_USED,
                target(token),
                () -> {
                    boolean closes = token.lineage().predecessor().isPresent();
                    if (closes) hold(token);
                    // Taken when nobody else changes the family any more: whoever comes with an older one later, is
                    // later.
                    Instant now = clock.instant();
                    if (!tokens.firstUse(token.id(), now)) return Optional.empty();
                    int closed = closes
                            ? tokens.closeBefore(
                                    token.lineage().family(), token.lineage().generation(), now)
                            : 0;
                    if (closed > 0) changes.append(familyOf(token));
                    return Optional.of(closed);
                },
                closed -> List.of());
        return first.isPresent();
    }

    /** Somebody has it who should not: one of the two who use the family, and nobody can tell which. */
    private void endFamily(ApiToken token, Caller caller, Instant arrived) {
        acts.performIfAny(
                caller,
                AuditAction.TOKEN_REUSED,
                target(token),
                () -> {
                    hold(token);
                    if (tokens.find(token.id())
                            .filter(each -> closedBefore(each, arrived))
                            .isEmpty()) return Optional.empty();
                    List<TokenId> ended = tokens.revokeFamily(
                            token.lineage().family(), clock.instant(), new Subject.Itself().policyName(), REUSED);
                    changes.append(familyOf(token));
                    return Optional.of(ended);
                },
                ended -> List.of(new Change(
                        "revoked", "", ended.stream().map(TokenId::value).collect(Collectors.joining(", ")))));
    }

    /** The owner first, then the first of the family, as everybody who changes a family does: so nobody waits in a ring. */
    private void hold(ApiToken token) {
        switch (token.subject()) {
            case TokenSubject.OfAccount account -> accounts.hold(account.name());
            case TokenSubject.OfProjectRole role -> projects.hold(role.project());
        }
        tokens.hold(token.lineage().family());
    }

    /** Whatever is remembered of one of a family rests on the first of it, too. */
    private static AccessChange familyOf(ApiToken token) {
        return new AccessChange.OfCredential(token.lineage().family().value());
    }

    private static Target target(ApiToken token) {
        return switch (token.subject()) {
            case TokenSubject.OfAccount account -> new Target(ApiToken.KIND, account.name() + "/" + token.name());
            case TokenSubject.OfProjectRole role ->
                new Target(ApiToken.KIND, role.project().value(), role.role() + "/" + token.name());
        };
    }
}
