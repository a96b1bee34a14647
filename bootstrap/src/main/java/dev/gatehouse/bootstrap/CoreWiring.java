package dev.gatehouse.bootstrap;

import dev.gatehouse.application.access.RecentSignIn;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.Repeats;
import dev.gatehouse.domain.token.TokenRules;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What every feature is made of. */
@Factory
final class CoreWiring {
    /**
     * The database's clock, which all processes share. Cut to microseconds where it enters, so that memory, H2 and
     * PostgreSQL agree.
     */
    @Primary
    @Singleton
    InstantSource clock(@Named("database") InstantSource shared) {
        return () -> shared.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Singleton
    Acts acts(Transactions transactions, AuditTrail trail, RecentSignIn recentSignIn, InstantSource clock) {
        return new Acts(transactions, trail, clock, recentSignIn::before);
    }

    @Singleton
    OncePerKey oncePerKey(Repeats repeats, InstantSource clock) {
        return new OncePerKey(repeats, clock);
    }

    @Singleton
    TokenRules tokenRules(Settings settings) {
        return settings.tokenRules();
    }
}
