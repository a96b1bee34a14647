package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.session.SessionFixtures;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    private static final long ROOM = 400_000;
    private static final int REFUSALS = 30;
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    @AfterEach
    void thereIsRoomAgain() {
        SmallDisk.room(Long.MAX_VALUE);
    }

    @Test
    void a_full_disk_is_unavailable_and_loses_nothing_and_more_room_is_enough(@TempDir Path folder) throws Exception {
        try (var context = TestDatabase.open(TestDatabase.settings(SmallDisk.url(folder), "gatehouse", ""))) {
            Transactions transactions = context.getBean(Transactions.class);
            Sessions sessions = context.getBean(Sessions.class);
            List<Session> written = new ArrayList<>();
            List<Session> refused = new ArrayList<>();

            SmallDisk.room(Files.size(folder.resolve("gatehouse.mv.db")) + ROOM);
            AccessChanges changes = context.getBean(AccessChanges.class);
            long before = changes.ask();
            assertThat(changes.untouched(before, Set.of())).isTrue();
            while (refused.size() < REFUSALS) {
                Session session =
                        OtherProcess.session(new SessionId(UUID.randomUUID().toString()));
                if (isWritten(transactions, sessions, session)) written.add(session);
                else refused.add(session);
            }
            SmallDisk.room(Long.MAX_VALUE);

            Session later = OtherProcess.session(new SessionId(UUID.randomUUID().toString()));
            Eventually.holds(RECOVERY, () -> isWritten(transactions, sessions, later));
            written.add(later);
            // What a process remembers may rest on rows that were read and never stored.
            assertThat(changes.untouched(changes.ask(), Set.of())).isTrue();
            assertThat(changes.untouched(before, Set.of())).isFalse();
            assertThat(written)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(each -> assertThat(sessions.find(each.id())).contains(each));
            assertThat(refused)
                    .allSatisfy(each -> assertThat(sessions.find(each.id())).isEmpty());
            assertThat(context.getBean(Accounts.class).all()).isEmpty();
        }
        everythingIsThereAfterAnotherStart(folder);
    }

    private static void everythingIsThereAfterAnotherStart(Path folder) {
        try (var context = TestDatabase.open(TestDatabase.settings(SmallDisk.url(folder), "gatehouse", ""))) {
            assertThat(context.getBean(Sessions.class)
                            .endAllOf(OtherProcess.ACCOUNT, OtherProcess.START, Session.Reason.REVOKED))
                    .isGreaterThan(10);
        }
    }

    /** Either it is written or the refusal says why; anything else fails the test. */
    private static boolean isWritten(Transactions transactions, Sessions sessions, Session session) {
        try {
            transactions.inTransaction(() -> sessions.insert(session, SessionFixtures.KID));
            return true;
        } catch (Refusal.Unavailable e) {
            assertThat(e.part()).isEqualTo("database");
            return false;
        }
    }
}
