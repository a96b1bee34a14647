package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.audit.AuditFilter;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database promises that what was acknowledged is there after the process was killed. */
class KilledProcessTest {
    private static final int KILLS = 6;
    private static final Duration LONGEST_LIFE = Duration.ofMillis(1_500);
    /** Of an id and the end of its line; what was cut off was not acknowledged. */
    private static final int ID = 36;

    @Test
    void no_acknowledged_row_is_lost_when_the_process_is_killed(@TempDir Path folder) throws Exception {
        String url = EmbeddedDatabase.url(folder);
        Random random = new Random();
        List<String> acknowledged = new ArrayList<>();

        for (int i = 0; i < KILLS; i++) {
            acknowledged.addAll(killedAfter(random.nextLong(LONGEST_LIFE.toNanos()), url));
            everyOneIsThere(acknowledged, url);
        }

        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
    }

    /** What a writer acknowledged that is killed so long after it acknowledged its first row. */
    private static List<String> killedAfter(long nanos, String url) throws IOException, InterruptedException {
        Process writer = OtherProcess.start(OtherProcess.Writer.class, url);
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = writer.inputReader()) {
            acknowledged.add(lines.readLine());
            Thread killer = Thread.ofPlatform().daemon().start(() -> {
                LockSupport.parkNanos(nanos);
                // The handle, because the process itself would close what is still to be read.
                writer.toHandle().destroyForcibly();
            });
            String line;
            while ((line = lines.readLine()) != null) if (line.length() == ID) acknowledged.add(line);
            killer.join();
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(writer.exitValue()).as("killed, and not ended by a failure").isNotEqualTo(1);
        return acknowledged;
    }

    private static void everyOneIsThere(List<String> acknowledged, String url) {
        try (var context = TestDatabase.open(TestDatabase.settings(url, "gatehouse", ""))) {
            Sessions sessions = context.getBean(Sessions.class);
            assertThat(acknowledged)
                    .allSatisfy(id -> assertThat(sessions.find(new SessionId(id)))
                            .contains(OtherProcess.session(new SessionId(id))));
            assertThat(targets(context.getBean(AuditTrail.class))).containsAll(acknowledged);
            assertThat(context.getBean(AccessChanges.class).ask()).isGreaterThanOrEqualTo(acknowledged.size());
        }
    }

    private static Set<String> targets(AuditTrail audit) {
        Set<String> targets = new HashSet<>();
        Optional<String> next = Optional.empty();
        do {
            Page<AuditTrail.Numbered> page = audit.find(AuditFilter.ALL, new PageRequest(PageRequest.MOST, next));
            page.items().forEach(each -> targets.add(each.entry().target().name()));
            next = page.next();
        } while (next.isPresent());
        return targets;
    }
}
