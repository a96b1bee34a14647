package dev.gatehouse.bootstrap;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.RecentSignIn;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.application.project.ProjectService;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.webhook.WebhookClients;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Projects. */
@Factory
final class ProjectWiring {
    @Singleton
    ManagingProjects managingProjects(
            Authorizing authorizing,
            RecentSignIn recentSignIn,
            OncePerKey oncePerKey,
            Projects projects,
            ApiTokens tokens,
            AuditTrail trail,
            WebhookClients webhookClients,
            AccessChanges changes,
            Ids ids,
            Acts acts,
            InstantSource clock) {
        return new ProjectService(
                authorizing,
                recentSignIn,
                oncePerKey,
                new ProjectService.Ports(projects, tokens, trail, webhookClients, changes, ids),
                acts,
                clock,
                ApiTokens.MOST_SHOWN);
    }
}
