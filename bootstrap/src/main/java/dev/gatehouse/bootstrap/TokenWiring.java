package dev.gatehouse.bootstrap;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.token.AccountTokenService;
import dev.gatehouse.application.token.Issuing;
import dev.gatehouse.application.token.KeyService;
import dev.gatehouse.application.token.ManagingAccountTokens;
import dev.gatehouse.application.token.ManagingProjectTokens;
import dev.gatehouse.application.token.ProjectTokenService;
import dev.gatehouse.application.token.PublishingKeys;
import dev.gatehouse.application.token.SigningKeyService;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.SigningKeyMaker;
import dev.gatehouse.domain.token.SigningKeys;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenSigner;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Tokens and the keys that sign them. */
@Factory
final class TokenWiring {
    @Singleton
    Issuing issuing(ApiTokens tokens, TokenSigner signer, Ids ids, TokenRules rules, InstantSource clock) {
        return new Issuing(tokens, signer, ids, rules, clock);
    }

    @Singleton
    ManagingAccountTokens managingAccountTokens(
            Authorizing authorizing,
            Accounts accounts,
            ApiTokens tokens,
            AccessChanges changes,
            Issuing issuing,
            Acts acts,
            InstantSource clock) {
        return new AccountTokenService(authorizing, accounts, tokens, changes, issuing, acts, clock);
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
            SigningKeys keys,
            SigningKeyMaker maker,
            AccessChanges changes,
            Transactions transactions,
            Acts acts,
            Settings settings,
            InstantSource clock) {
        return new SigningKeyService(
                authorizing,
                new SigningKeyService.Ports(keys, maker, changes, transactions),
                acts,
                settings.signingKeyPeriod(),
                clock);
    }

    @Singleton
    PublishingKeys publishingKeys(PublishedKeys keys) {
        return new KeyService(keys);
    }
}
