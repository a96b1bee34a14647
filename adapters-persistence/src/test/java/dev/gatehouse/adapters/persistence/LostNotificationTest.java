package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.shared.Transactions;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log of changes is what counts; that PostgreSQL tells of it, which can be lost, only makes it quicker. */
class LostNotificationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AccessChange CHANGE = new AccessChange.OfCredential("ended-elsewhere");

    @Test
    void a_change_that_nobody_is_told_of_is_known_within_the_bound_all_the_same() {
        try (ApplicationContext node = TestDatabase.open(TestDatabase.POSTGRESQL.fresh())) {
            AccessChanges changes = node.getBean(AccessChanges.class);
            node.getBean(Transactions.class).inTransaction(() -> changes.append(List.of(CHANGE)));
            for (int round = 0; round < 3; round++) {
                long since = changes.ask();
                assertThat(changes.untouched(since, List.of(CHANGE))).isTrue();

                appendAgainWithoutTelling(node);
                long appended = System.nanoTime();

                for (long looked = appended; changes.untouched(since, List.of(CHANGE)); looked = System.nanoTime())
                    assertThat(looked - appended)
                            .as("nanoseconds after the change")
                            .isLessThanOrEqualTo(AccessChanges.BOUND.toNanos());
                Eventually.holds(PATIENCE, () -> changes.known().orElse(since) > since);
                assertThat(changes.untouched(since, List.of(CHANGE))).isFalse();
            }
        }
    }

    /** The last one, by another process. */
    private static void appendAgainWithoutTelling(ApplicationContext node) {
        Database database = node.getBean(Database.class);
        node.getBean(Transactions.class).inTransaction(() -> {
            database.write("update access_change set changes = changes + 1");
            database.write("insert into access_log (number, kind, name, node, changed_at)"
                    + " select c.changes, l.kind, l.name, 'another', clock_timestamp()"
                    + " from access_change c join access_log l on l.number = c.changes - 1");
        });
    }
}
