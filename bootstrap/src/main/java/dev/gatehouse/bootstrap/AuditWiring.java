package dev.gatehouse.bootstrap;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.audit.AuditService;
import dev.gatehouse.application.audit.ReadingAudit;
import dev.gatehouse.domain.audit.AuditTrail;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Reading what was done. */
@Factory
final class AuditWiring {
    @Singleton
    ReadingAudit readingAudit(Authorizing authorizing, AuditTrail trail) {
        return new AuditService(authorizing, trail);
    }
}
