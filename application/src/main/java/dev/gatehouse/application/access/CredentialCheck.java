package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenId;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whether what a caller showed at the start of a request counts still: for acts that take their time between that and the
 * write, as hashing a password does. Who did not have to wait need not ask.
 */
public final class CredentialCheck {
    private final Accounts accounts;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final TokenPolicyInForce policies;
    private final InstantSource clock;

    public CredentialCheck(
            Accounts accounts, Sessions sessions, ApiTokens tokens, TokenPolicyInForce policies, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * By the records of the credential and of its account, as last committed or as written in this transaction; in every
     * process at once. False when either ended or is gone, when the account was disabled, or lost the capability that the
     * credential rests on. Whoever showed nothing, as the service itself, has nothing to lose. Blocks.
     */
    public boolean stillCounts(Caller caller) {
        Instant now = clock.instant();
        return switch (caller.method()) {
            case SESSION -> accountHas(caller, Capability.LOGIN) && sessionCounts(caller, now);
            case ACCOUNT_TOKEN -> accountHas(caller, Capability.API_KEY) && tokenCounts(caller, now);
            // Deleting the project or its role ends the token itself.
            case PROJECT_TOKEN -> tokenCounts(caller, now);
            case WEBHOOK, SYSTEM -> true;
        };
    }

    private boolean accountHas(Caller caller, Capability needed) {
        return caller.subject() instanceof Subject.OfAccount self
                && accounts.find(self.name())
                        .filter(each -> each.id().equals(self.id()) && each.enabled() && each.can(needed))
                        .isPresent();
    }

    private boolean sessionCounts(Caller caller, Instant now) {
        return caller.credential()
                .map(SessionId::new)
                .flatMap(sessions::find)
                .filter(each -> each.countsAt(now, policies.sessions()))
                .isPresent();
    }

    private boolean tokenCounts(Caller caller, Instant now) {
        return caller.credential()
                .flatMap(TokenId::ifValid)
                .flatMap(tokens::find)
                .filter(each ->
                        each.countsAt(now) && !policies.of(each.subject()).endedBy(now, each))
                .isPresent();
    }
}
