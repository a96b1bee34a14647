package dev.gatehouse.application.token;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountRule;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.InstantSource;

/** Tokens of accounts. */
public final class AccountTokenService implements ManagingAccountTokens {
    private final Authorizing authorizing;
    private final Accounts accounts;
    private final ApiTokens tokens;
    private final AccessChanges changes;
    private final Issuing issuing;
    private final Acts acts;
    private final InstantSource clock;

    public AccountTokenService(
            Authorizing authorizing,
            Accounts accounts,
            ApiTokens tokens,
            AccessChanges changes,
            Issuing issuing,
            Acts acts,
            InstantSource clock) {
        this.authorizing = authorizing;
        this.accounts = accounts;
        this.tokens = tokens;
        this.changes = changes;
        this.issuing = issuing;
        this.acts = acts;
        this.clock = clock;
    }

    @Override
    public IssuedToken issue(Caller caller, String name, NewToken command) {
        requireKeeper(caller, name);
        Target target = new Target(ApiToken.KIND, name + "/" + command.name().orElse(""));
        ApiToken stored = acts.perform(caller, AuditAction.TOKEN_CREATED, target, () -> {
            Account account = hold(name);
            if (!account.enabled()) throw new Refusal.Unmet(AccountRule.DISABLED, name);
            if (!account.can(Capability.API_KEY))
                throw new Refusal.Unmet(AccountRule.LACKS_CAPABILITY, name, Capability.API_KEY.word());
            return issuing.store(subjectOf(account), command, caller.name());
        });
        return issuing.sign(stored);
    }

    @Override
    public void revoke(Caller caller, String name, String tokenName) {
        requireKeeper(caller, name);
        acts.perform(caller, AuditAction.TOKEN_REVOKED, new Target(ApiToken.KIND, name + "/" + tokenName), () -> {
            Account account = find(name);
            ApiToken token = TokenName.ifValid(tokenName)
                    .flatMap(each -> tokens.named(subjectOf(account), each))
                    .filter(each -> tokens.revoke(each.id(), clock.instant(), caller.name()))
                    .orElseThrow(() -> new Refusal.NotFound(ApiToken.KIND, tokenName));
            changes.append(new AccessChange.OfCredential(token.id().value()));
            return true;
        });
    }

    private void requireKeeper(Caller caller, String name) {
        AccessQuestion question = new AccessQuestion("accounts", "update", name);
        if (caller.subject() instanceof Subject.OfAccount self
                && self.name().value().equals(name)
                && caller.mayUseItFor(question)) return;
        authorizing.require(caller, question);
    }

    /** Whoever disables it meanwhile waits, and ends this token, too. */
    private Account hold(String name) {
        return Username.ifValid(name)
                .flatMap(accounts::hold)
                .orElseThrow(() -> new Refusal.NotFound(Account.KIND, name));
    }

    private Account find(String name) {
        return Username.ifValid(name)
                .flatMap(accounts::find)
                .orElseThrow(() -> new Refusal.NotFound(Account.KIND, name));
    }

    private static TokenSubject subjectOf(Account account) {
        return new TokenSubject.OfAccount(account.id(), account.name());
    }
}
