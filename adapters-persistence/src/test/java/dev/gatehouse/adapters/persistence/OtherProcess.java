package dev.gatehouse.adapters.persistence;

import dev.gatehouse.adapters.testkit.session.SessionFixtures;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Transactions;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A JVM of its own that uses an embedded database through the real adapters. It ends when its standard input does. */
final class OtherProcess {
    static final AccountId ACCOUNT = new AccountId("a");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int WRITERS = 3;

    private OtherProcess() {}

    static Process start(Class<?> main, String url) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                url));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Opens the database, says {@code open} and holds it. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            TestDatabase.open(TestDatabase.settings(arguments[0], "gatehouse", ""));
            say("open");
            System.in.read();
            Runtime.getRuntime().halt(0);
        }
    }

    /** Writes sessions from several threads and says the id of each as soon as its transaction has returned. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            ApplicationContext context = TestDatabase.open(TestDatabase.settings(arguments[0], "gatehouse", ""));
            for (int i = 0; i < WRITERS; i++) Thread.ofPlatform().daemon().start(() -> write(context));
            System.in.read();
            Runtime.getRuntime().halt(0);
        }

        /** Ends the process with another code than a kill does when anything fails. */
        private static void write(ApplicationContext context) {
            try {
                Transactions transactions = context.getBean(Transactions.class);
                Sessions sessions = context.getBean(Sessions.class);
                AuditTrail audit = context.getBean(AuditTrail.class);
                AccessChanges changes = context.getBean(AccessChanges.class);
                while (true) {
                    SessionId id = new SessionId(UUID.randomUUID().toString());
                    transactions.inTransaction(() -> {
                        sessions.insert(session(id), SessionFixtures.KID);
                        audit.append(entry(id));
                        changes.count();
                    });
                    say(id.value());
                }
            } catch (RuntimeException e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        }
    }

    static AuditEntry entry(SessionId id) {
        return new AuditEntry(
                START,
                new AuditEntry.Actor("alice", Optional.empty(), "password"),
                Origin.itself("request1"),
                AuditAction.SESSION_CREATED,
                new AuditEntry.Target(Session.KIND, id.value()),
                AuditEntry.Outcome.DONE,
                "",
                List.of());
    }

    static Session session(SessionId id) {
        return new Session(
                id,
                ACCOUNT,
                new Username("alice"),
                START,
                START.plusSeconds(1),
                "192.0.2.1",
                "",
                Session.Unusual.NOTHING,
                new Session.State.Live(),
                Optional.empty());
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
