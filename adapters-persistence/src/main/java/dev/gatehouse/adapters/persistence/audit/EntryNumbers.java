package dev.gatehouse.adapters.persistence.audit;

import dev.gatehouse.adapters.persistence.Database;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the entries in the embedded database. This process alone writes there, so it counts by itself: a
 * sequence of H2 can give numbers out again after the process was killed, because others take from what it reserved
 * before the reservation is stored.
 */
@Singleton
final class EntryNumbers {
    private final Database database;
    private @Nullable AtomicLong last;

    EntryNumbers(Database database) {
        this.database = database;
    }

    long next() {
        return last().incrementAndGet();
    }

    private synchronized AtomicLong last() {
        if (last == null)
            last = new AtomicLong(database.first(
                            "select coalesce(max(entry_number), 0) as last from audit_entry",
                            columns -> columns.bigNumber("last"))
                    .orElse(0L));
        return last;
    }
}
