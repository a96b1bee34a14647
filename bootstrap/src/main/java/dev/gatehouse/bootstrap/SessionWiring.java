package dev.gatehouse.bootstrap;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.LastUses;
import dev.gatehouse.application.access.TokenPolicyInForce;
import dev.gatehouse.application.account.PasswordCheck;
import dev.gatehouse.application.session.SessionService;
import dev.gatehouse.application.session.SignInService;
import dev.gatehouse.application.session.SigningIn;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenSigner;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Sign-ins. */
@Factory
final class SessionWiring {
    @Singleton
    SigningIn signingIn(
            PasswordCheck passwords,
            Accounts accounts,
            PasswordHasher hasher,
            Sessions sessions,
            AccessChanges changes,
            TokenSigner signer,
            SecretSealer sealer,
            Ids ids,
            Acts acts,
            TokenPolicyInForce policies,
            TokenRules tokenRules,
            InstantSource clock) {
        return new SignInService(
                passwords,
                new SignInService.Ports(accounts, hasher, sessions, changes, signer, sealer, ids),
                acts,
                policies,
                tokenRules,
                clock);
    }

    @Singleton
    SessionService sessionService(
            Authorizing authorizing,
            Sessions sessions,
            Accounts accounts,
            LastUses lastUses,
            AccessChanges changes,
            Acts acts,
            TokenPolicyInForce policies,
            InstantSource clock) {
        return new SessionService(authorizing, sessions, accounts, lastUses, changes, acts, policies, clock);
    }
}
