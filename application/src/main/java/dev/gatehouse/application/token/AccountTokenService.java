package dev.gatehouse.application.token;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.InstantSource;

/** Tokens of accounts. */
public final class AccountTokenService implements ManagingAccountTokens {
    private final Keepers keepers;
    private final Accounts accounts;
    private final ApiTokens tokens;
    private final AccessChanges changes;
    private final Issuing issuing;
    private final Acts acts;
    private final InstantSource clock;

    public AccountTokenService(
            Authorizing authorizing,
            Accounts accounts,
            Projects projects,
            ApiTokens tokens,
            AccessChanges changes,
            Issuing issuing,
            Acts acts,
            InstantSource clock) {
        this.keepers = new Keepers(authorizing, projects);
        this.accounts = accounts;
        this.tokens = tokens;
        this.changes = changes;
        this.issuing = issuing;
        this.acts = acts;
        this.clock = clock;
    }

    @Override
    public IssuedToken issue(Caller caller, String name, NewToken command) {
        TokenOwners.Owner owner = new TokenOwners.OfAccount(name);
        keepers.require(caller, owner);
        return issuing.issue(caller, owner, command);
    }

    @Override
    public void revoke(Caller caller, String name, String tokenName) {
        keepers.require(caller, new TokenOwners.OfAccount(name));
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

    private Account find(String name) {
        return Username.ifValid(name)
                .flatMap(accounts::find)
                .orElseThrow(() -> new Refusal.NotFound(Account.KIND, name));
    }

    private static TokenSubject subjectOf(Account account) {
        return new TokenSubject.OfAccount(account.id(), account.name());
    }
}
