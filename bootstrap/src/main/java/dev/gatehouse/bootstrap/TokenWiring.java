package dev.gatehouse.bootstrap;

import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.LastUses;
import dev.gatehouse.application.access.PolicyInForce;
import dev.gatehouse.application.access.RecentSignIn;
import dev.gatehouse.application.access.TokenPolicyInForce;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.application.token.AccountTokenService;
import dev.gatehouse.application.token.CleanUpService;
import dev.gatehouse.application.token.EndingLeakedTokens;
import dev.gatehouse.application.token.Introspecting;
import dev.gatehouse.application.token.IntrospectionService;
import dev.gatehouse.application.token.Issuing;
import dev.gatehouse.application.token.KeyService;
import dev.gatehouse.application.token.LeakedTokenService;
import dev.gatehouse.application.token.ManagingAccountTokens;
import dev.gatehouse.application.token.ManagingProjectTokens;
import dev.gatehouse.application.token.ManagingTokens;
import dev.gatehouse.application.token.ProjectTokenService;
import dev.gatehouse.application.token.PublishingKeys;
import dev.gatehouse.application.token.ReadingTokenUsage;
import dev.gatehouse.application.token.SigningKeyService;
import dev.gatehouse.application.token.TokenPolicyService;
import dev.gatehouse.application.token.TokenService;
import dev.gatehouse.application.token.TokenUsageService;
import dev.gatehouse.application.token.TokenWarningService;
import dev.gatehouse.application.token.WarningOfEnds;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.UsedRights;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.CleanUps;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.SigningKeyMaker;
import dev.gatehouse.domain.token.SigningKeys;
import dev.gatehouse.domain.token.TokenPolicies;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenSigner;
import dev.gatehouse.domain.token.TokenVerifier;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Tokens and the keys that sign them. */
@Factory
final class TokenWiring {
    @Singleton
    Issuing issuing(
            ApiTokens tokens,
            Accounts accounts,
            Projects projects,
            AccessChanges changes,
            TokenPolicies policies,
            TokenPolicyInForce inForce,
            RecentSignIn recentSignIn,
            OncePerKey oncePerKey,
            TokenSigner signer,
            Ids ids,
            Acts acts,
            TokenRules rules,
            InstantSource clock) {
        return new Issuing(
                new Issuing.Ports(tokens, accounts, projects, changes, policies, signer, ids),
                inForce,
                recentSignIn,
                oncePerKey,
                acts,
                rules,
                clock);
    }

    /** One object for what people ask and for what the service does by itself. */
    @Singleton
    TokenPolicyService tokenPolicyService(
            Authorizing authorizing,
            TokenPolicies policies,
            Projects projects,
            ApiTokens tokens,
            Sessions sessions,
            AccessChanges changes,
            Transactions transactions,
            LastUses lastUses,
            Settings settings,
            Acts acts,
            InstantSource clock) {
        return new TokenPolicyService(
                authorizing,
                new TokenPolicyService.Ports(policies, projects, tokens, sessions, changes, transactions),
                lastUses,
                settings.sessionRules(),
                TokenPolicyService.Pace.USUAL,
                acts,
                clock);
    }

    @Singleton
    WarningOfEnds warningOfEnds(ApiTokens tokens, TokenPolicyInForce inForce, Acts acts, InstantSource clock) {
        return new TokenWarningService(tokens, inForce, acts, clock);
    }

    @Singleton
    ManagingTokens managingTokens(
            Authorizing authorizing,
            Projects projects,
            ApiTokens tokens,
            AccessChanges changes,
            TokenPolicyInForce inForce,
            Issuing issuing,
            Acts acts,
            InstantSource clock) {
        return new TokenService(authorizing, projects, tokens, changes, inForce, issuing, acts, clock);
    }

    /** One object for what people ask and for what the service does by itself. */
    @Singleton
    CleanUpService cleanUpService(
            Authorizing authorizing,
            OncePerKey oncePerKey,
            CleanUps cleanUps,
            ApiTokens tokens,
            Projects projects,
            AccessChanges changes,
            Transactions transactions,
            Ids ids,
            Acts acts,
            Settings settings,
            InstantSource clock) {
        return new CleanUpService(
                authorizing,
                oncePerKey,
                new CleanUpService.Ports(cleanUps, tokens, projects, changes, transactions, ids),
                acts,
                settings.cleanUps(),
                CleanUpService.Pace.USUAL,
                clock);
    }

    @Singleton
    EndingLeakedTokens endingLeakedTokens(
            TokenVerifier verifier,
            ApiTokens tokens,
            Sessions sessions,
            AccessChanges changes,
            Acts acts,
            TokenRules rules,
            InstantSource clock) {
        return new LeakedTokenService(verifier, tokens, sessions, changes, acts, rules, clock);
    }

    @Singleton
    ManagingAccountTokens managingAccountTokens(
            Authorizing authorizing,
            Accounts accounts,
            Projects projects,
            ApiTokens tokens,
            AccessChanges changes,
            Issuing issuing,
            Acts acts,
            InstantSource clock) {
        return new AccountTokenService(authorizing, accounts, projects, tokens, changes, issuing, acts, clock);
    }

    @Singleton
    ManagingProjectTokens managingProjectTokens(
            Authorizing authorizing,
            Projects projects,
            ApiTokens tokens,
            AccessChanges changes,
            Issuing issuing,
            Acts acts,
            InstantSource clock) {
        return new ProjectTokenService(authorizing, projects, tokens, changes, issuing, acts, clock);
    }

    /** One object for what people ask and for what the service does by itself. */
    @Singleton
    SigningKeyService signingKeyService(
            Authorizing authorizing,
            OncePerKey oncePerKey,
            SigningKeys keys,
            SigningKeyMaker maker,
            ApiTokens tokens,
            Sessions sessions,
            TokenPolicies policies,
            AccessChanges changes,
            Transactions transactions,
            Acts acts,
            Settings settings,
            InstantSource clock) {
        return new SigningKeyService(
                authorizing,
                oncePerKey,
                new SigningKeyService.Ports(keys, maker, tokens, sessions, policies, changes, transactions),
                acts,
                settings.signingKeyPeriod(),
                clock);
    }

    @Singleton
    PublishingKeys publishingKeys(PublishedKeys keys, TokenRules rules) {
        return new KeyService(keys, rules);
    }

    @Singleton
    ReadingTokenUsage readingTokenUsage(
            ManagingTokens tokens, UsedRights usedRights, PolicyInForce policy, InstantSource clock) {
        return new TokenUsageService(tokens, usedRights, policy, clock);
    }

    @Singleton
    Introspecting introspecting(Authorizing authorizing, Authenticating authenticating) {
        return new IntrospectionService(authorizing, authenticating);
    }
}
