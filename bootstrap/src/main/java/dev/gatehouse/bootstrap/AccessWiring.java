package dev.gatehouse.bootstrap;

import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.access.AuthenticationService;
import dev.gatehouse.application.access.AuthorizationService;
import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.ManagingPolicy;
import dev.gatehouse.application.access.PolicyService;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.access.VerifiedTokens;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenVerifier;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Who is asking, and may they. */
@Factory
final class AccessWiring {
    @Singleton
    Authenticating authenticating(
            VerifiedTokens verified,
            AccessChanges changes,
            TokenVerifier verifier,
            Accounts accounts,
            Sessions sessions,
            ApiTokens tokens,
            Projects projects,
            TokenRules rules,
            InstantSource clock) {
        return new AuthenticationService(
                new AuthenticationService.Ports(verified, changes, verifier, accounts, sessions, tokens, projects),
                rules,
                clock);
    }

    @Singleton
    Authorizing authorizing(Policies policies, Projects projects, AccessChanges changes, Acts acts) {
        return new AuthorizationService(policies, projects, changes, acts);
    }

    @Singleton
    ManagingPolicy managingPolicy(Authorizing authorizing, Policies policies, AccessChanges changes, Acts acts) {
        return new PolicyService(authorizing, policies, changes, acts);
    }
}
