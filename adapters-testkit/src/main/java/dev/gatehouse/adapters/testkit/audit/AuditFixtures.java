package dev.gatehouse.adapters.testkit.audit;

import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.adapters.testkit.shared.TransactionsContract;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditFilter;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Entries of the audit. */
public final class AuditFixtures {
    private AuditFixtures() {}

    /** A token that this actor made at {@link Samples#NOW}. */
    public static AuditEntry anEntry(String actor) {
        return anEntry(actor, Samples.NOW);
    }

    /** A token that this actor made then. */
    public static AuditEntry anEntry(String actor, Instant at) {
        return new AuditEntry(
                at,
                new AuditEntry.Actor(actor, Optional.of(Samples.unique()), "session"),
                anOrigin(),
                AuditAction.TOKEN_CREATED,
                new AuditEntry.Target("token", "demo", "nightly"),
                AuditEntry.Outcome.DONE,
                "",
                List.of(new AuditEntry.Change("expiresAt", "", "2026-03-01T11:15:30Z")));
    }

    /** A sign-in that was refused to whoever named this actor. */
    public static AuditEntry aRefusal(String actor) {
        return new AuditEntry(
                Samples.NOW,
                new AuditEntry.Actor(actor, Optional.empty(), "session"),
                anOrigin(),
                AuditAction.SESSION_REFUSED,
                new AuditEntry.Target("session", ""),
                AuditEntry.Outcome.REFUSED,
                "badCredentials",
                List.of());
    }

    /** A name that no entry has yet. */
    public static String anActor() {
        return "actor-" + Samples.unique();
    }

    /** Only the entries of this actor. */
    public static AuditFilter onlyOf(String actor) {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.of(actor),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Origin anOrigin() {
        return new Origin("192.0.2.7", "curl/8.5", "request-" + Samples.unique());
    }

    /** A new entry, for {@link TransactionsContract#rows()}. */
    public static TransactionsContract.Row aRow(AuditTrail trail) {
        String actor = anActor();
        return new TransactionsContract.Row() {
            @Override
            public void write() {
                trail.append(anEntry(actor));
            }

            @Override
            public boolean isThere() {
                return !trail.find(onlyOf(actor), new PageRequest(1, Optional.empty()))
                        .items()
                        .isEmpty();
            }
        };
    }
}
