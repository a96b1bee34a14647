package dev.gatehouse.adapters.rest;

import dev.gatehouse.application.World;
import dev.gatehouse.application.access.AskingPolicy;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.ManagingPolicy;
import dev.gatehouse.application.account.ManagingAccounts;
import dev.gatehouse.application.audit.ReadingAudit;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.application.session.ManagingSessions;
import dev.gatehouse.application.session.SigningIn;
import dev.gatehouse.application.token.CleaningUpTokens;
import dev.gatehouse.application.token.EndingLeakedTokens;
import dev.gatehouse.application.token.Introspecting;
import dev.gatehouse.application.token.ManagingAccountTokens;
import dev.gatehouse.application.token.ManagingProjectTokens;
import dev.gatehouse.application.token.ManagingSigningKeys;
import dev.gatehouse.application.token.ManagingTokenPolicy;
import dev.gatehouse.application.token.ManagingTokens;
import dev.gatehouse.application.token.PublishingKeys;
import dev.gatehouse.application.token.ReadingTokenUsage;
import dev.gatehouse.application.webhook.ManagingWebhookClients;
import dev.gatehouse.application.webhook.ReceivingWebhooks;
import dev.gatehouse.domain.account.PasswordRules;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.shared.Ids;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Puts the whole application over ports in memory behind the controllers. */
@Factory
class WorldFactory {

    @Singleton
    World world(
            @Value("${world.token-hours:24}") int tokenHours, @Value("${world.sessions-and-no-more:0}") int sessions) {
        SessionRules usual = SessionRules.DEFAULT;
        Optional<SessionRules.Limit> limit = sessions == 0
                ? usual.limit()
                : Optional.of(new SessionRules.Limit(sessions, SessionRules.Beyond.REFUSE));
        return new World(new SessionRules(usual.absolute(), usual.idle(), Duration.ofHours(tokenHours), limit));
    }

    @Primary
    @Singleton
    InstantSource clock(World world) {
        return world.clock;
    }

    @Singleton
    PasswordRules passwordRules() {
        return PasswordRules.DEFAULT;
    }

    @Singleton
    Ids ids(World world) {
        return world.ids;
    }

    @Singleton
    Authenticating authenticating(World world) {
        return world.authenticating;
    }

    @Singleton
    Authorizing authorizing(World world) {
        return world.authorizing;
    }

    @Singleton
    AskingPolicy askingPolicy(World world) {
        return world.askingPolicy;
    }

    @Singleton
    ManagingPolicy managingPolicy(World world) {
        return world.managingPolicy;
    }

    @Singleton
    ManagingAccounts managingAccounts(World world) {
        return world.managingAccounts;
    }

    @Singleton
    ReadingAudit readingAudit(World world) {
        return world.readingAudit;
    }

    @Singleton
    ManagingProjects managingProjects(World world) {
        return world.managingProjects;
    }

    @Singleton
    SigningIn signingIn(World world) {
        return world.signingIn;
    }

    @Singleton
    ManagingSessions managingSessions(World world) {
        return world.managingSessions;
    }

    @Singleton
    ManagingAccountTokens managingAccountTokens(World world) {
        return world.managingAccountTokens;
    }

    @Singleton
    ManagingTokenPolicy managingTokenPolicy(World world) {
        return world.managingTokenPolicy;
    }

    @Singleton
    ManagingTokens managingTokens(World world) {
        return world.managingTokens;
    }

    @Singleton
    CleaningUpTokens cleaningUpTokens(World world) {
        return world.cleaningUpTokens;
    }

    @Singleton
    EndingLeakedTokens endingLeakedTokens(World world) {
        return world.endingLeakedTokens;
    }

    @Singleton
    ManagingProjectTokens managingProjectTokens(World world) {
        return world.managingProjectTokens;
    }

    @Singleton
    ReadingTokenUsage readingTokenUsage(World world) {
        return world.readingTokenUsage;
    }

    @Singleton
    Introspecting introspecting(World world) {
        return world.introspecting;
    }

    @Singleton
    ManagingSigningKeys managingSigningKeys(World world) {
        return world.signingKeyService;
    }

    @Singleton
    PublishingKeys publishingKeys(World world) {
        return world.publishingKeys;
    }

    @Singleton
    ManagingWebhookClients managingWebhookClients(World world) {
        return world.managingWebhookClients;
    }

    @Singleton
    ReceivingWebhooks receivingWebhooks(World world) {
        return world.receivingWebhooks;
    }
}
