package dev.gatehouse.adapters.persistence.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.SeenChanges;
import dev.gatehouse.domain.shared.Transactions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeLogTest {
    private static final AccessChange A = new AccessChange.OfCredential("a");
    private static final AccessChange B = new AccessChange.OfCredential("b");

    @ParameterizedTest
    @EnumSource
    void what_was_appended_is_read_in_its_order(TestDatabase database) {
        ChangeLog log = log(database, "one");
        long end = log.readAfter(0).end();

        append(database, log, List.of(A, B));
        append(database, log, List.of(B));

        ChangeLog.Tail tail = log.readAfter(end);
        assertThat(tail.end()).isEqualTo(end + 3);
        assertThat(tail.rows())
                .containsExactly(
                        new SeenChanges.Numbered(end + 1, A),
                        new SeenChanges.Numbered(end + 2, B),
                        new SeenChanges.Numbered(end + 3, B));
        assertThat(log.readAfter(end + 3).rows()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void how_long_it_took_is_told_of_what_others_appended_only(TestDatabase database) {
        ChangeLog mine = log(database, "mine");
        ChangeLog other = log(database, "other");
        long end = mine.readAfter(0).end();

        append(database, mine, List.of(A));
        append(database, other, List.of(A, B));

        assertThat(mine.readAfter(end).delays())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each).isBetween(Duration.ZERO, Duration.ofMinutes(1)));
        assertThat(other.readAfter(end).delays()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whoever_is_behind_what_was_removed_forgets_everything(TestDatabase database) {
        ChangeLog log = log(database, "one");
        long end = log.readAfter(0).end();
        append(database, log, List.of(A));
        for (int i = 0; i < ChangeLog.KEPT / 500; i++) append(database, log, Collections.nCopies(500, B));

        log.purge();

        ChangeLog.Tail tail = log.readAfter(end);
        assertThat(tail.rows()).hasSizeLessThanOrEqualTo(ChangeLog.KEPT);
        SeenChanges seen = new SeenChanges();
        seen.readOn(0, List.of(), end);
        assertThat(seen.readOn(end, tail.rows(), tail.end())).isTrue();
        assertThat(seen.untouched(seen.position() - 1, List.of())).isFalse();
        long kept = tail.end() - 10;
        assertThat(log.readAfter(kept).rows()).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource
    void a_kind_that_a_newer_version_wrote_may_mean_anything(TestDatabase database) {
        ChangeLog log = log(database, "one");
        long end = log.readAfter(0).end();
        append(database, log, List.of(A));

        database.port(Database.class).write("update access_log set kind = 'later' where number = ?", end + 1);

        assertThat(log.readAfter(end).rows())
                .containsExactly(new SeenChanges.Numbered(end + 1, new AccessChange.OfEverything()));
    }

    /** An older version of this service counts, and writes no row. */
    @ParameterizedTest
    @EnumSource
    void a_number_without_a_row_makes_everybody_forget(TestDatabase database) {
        ChangeLog log = log(database, "one");
        long end = log.readAfter(0).end();

        database.port(Database.class).write("update access_change set changes = changes + 1");
        append(database, log, List.of(A));

        ChangeLog.Tail tail = log.readAfter(end);
        SeenChanges seen = new SeenChanges();
        seen.readOn(0, List.of(), end);
        assertThat(seen.readOn(end, tail.rows(), tail.end())).isTrue();
        assertThat(seen.untouched(end, List.of(B))).isFalse();
        assertThat(seen.untouched(end + 2, List.of(A, B))).isTrue();
    }

    private static ChangeLog log(TestDatabase database, String node) {
        return new ChangeLog(database.port(Database.class), node);
    }

    private static void append(TestDatabase database, ChangeLog log, List<AccessChange> changes) {
        database.port(Transactions.class).inTransaction(() -> log.append(changes));
    }
}
