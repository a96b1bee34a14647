package dev.gatehouse.bootstrap;

import dev.gatehouse.application.access.Administrators;
import dev.gatehouse.application.access.AskingPolicy;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.access.AuthenticationService;
import dev.gatehouse.application.access.AuthorizationService;
import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.CredentialCheck;
import dev.gatehouse.application.access.LastUses;
import dev.gatehouse.application.access.ManagingPolicy;
import dev.gatehouse.application.access.PolicyAdviceService;
import dev.gatehouse.application.access.PolicyInForce;
import dev.gatehouse.application.access.PolicyService;
import dev.gatehouse.application.access.RecentSignIn;
import dev.gatehouse.application.access.RightsInUse;
import dev.gatehouse.application.access.TokenPolicyInForce;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.access.UsedRights;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenPolicies;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenVerifier;
import dev.gatehouse.domain.token.VerifiedTokens;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is asking, and may they. */
@Factory
final class AccessWiring {
    private static final Logger LOG = LoggerFactory.getLogger(AccessWiring.class);

    @Singleton
    Authenticating authenticating(
            VerifiedTokens verified,
            AccessChanges changes,
            TokenVerifier verifier,
            Accounts accounts,
            Sessions sessions,
            ApiTokens tokens,
            Projects projects,
            LastUses lastUses,
            TokenPolicyInForce policies,
            Acts acts,
            UnjudgedReuse unjudged,
            TokenRules rules,
            InstantSource clock) {
        return new AuthenticationService(
                new AuthenticationService.Ports(verified, changes, verifier, accounts, sessions, tokens, projects),
                lastUses,
                policies,
                acts,
                unjudged::tell,
                rules,
                clock);
    }

    @Singleton
    CredentialCheck credentialCheck(
            Accounts accounts, Sessions sessions, ApiTokens tokens, TokenPolicyInForce policies, InstantSource clock) {
        return new CredentialCheck(accounts, sessions, tokens, policies, clock);
    }

    @Singleton
    LastUses lastUses(Sessions sessions, ApiTokens tokens, InstantSource clock) {
        return new LastUses(sessions, tokens, clock);
    }

    @Singleton
    TokenPolicyInForce tokenPolicyInForce(TokenPolicies stored, AccessChanges changes, Settings settings) {
        return new TokenPolicyInForce(stored, changes, settings.sessionRules());
    }

    @Singleton
    PolicyInForce policyInForce(Policies policies, Projects projects, Accounts accounts, AccessChanges changes) {
        return new PolicyInForce(policies, projects, accounts, changes, AccessWiring::unreadable);
    }

    /** Without the lines themselves: the log tells where to look, the policy is for its keepers. */
    private static void unreadable(PolicyInForce.Unreadable found) {
        LOG.error(
                "policy.unreadable: the stored policy, version {}, does not read: {}; {}. Put one that reads with PUT"
                        + " /api/v1/policy and this version",
                found.version(),
                found.faults().stream()
                        .map(each -> each.field() + " " + each.rule())
                        .collect(Collectors.joining(", ")),
                found.lastGoodStays()
                        ? "the last one that did stays in force in this process"
                        : "everything is denied, except that the account admin may read and replace the policy");
    }

    @Singleton
    Administrators administrators(PolicyInForce inForce, Accounts accounts) {
        return new Administrators(inForce, accounts);
    }

    @Singleton
    RecentSignIn recentSignIn(TokenPolicyInForce tokenPolicies, PolicyInForce inForce, InstantSource clock) {
        return new RecentSignIn(tokenPolicies, inForce, clock);
    }

    @Singleton
    RightsInUse rightsInUse(UsedRights store, InstantSource clock) {
        return new RightsInUse(store, clock);
    }

    @Singleton
    Authorizing authorizing(PolicyInForce inForce, RightsInUse rightsInUse, Acts acts) {
        return new AuthorizationService(inForce, rightsInUse, acts);
    }

    @Singleton
    AskingPolicy askingPolicy(Authorizing authorizing, PolicyInForce inForce, Projects projects, Accounts accounts) {
        return new PolicyAdviceService(authorizing, inForce, projects, accounts);
    }

    @Singleton
    ManagingPolicy managingPolicy(
            Authorizing authorizing,
            Administrators administrators,
            Policies policies,
            AccessChanges changes,
            Acts acts) {
        return new PolicyService(authorizing, administrators, policies, changes, acts);
    }
}
