package dev.gatehouse.adapters.persistence.access;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One row with the count; a thread asks for it four times within the bound. */
@Singleton
final class JdbcAccessChanges implements AccessChanges {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcAccessChanges.class);
    private static final Duration PAUSE = BOUND.dividedBy(4);

    private final Database database;
    private final Transactions transactions;
    private final AtomicReference<Knowledge> knowledge = new AtomicReference<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread asking;

    /** @param askedAt of {@link System#nanoTime()}, taken before the database was asked */
    private record Knowledge(long count, long askedAt) {
        boolean isFresh() {
            return System.nanoTime() - askedAt <= BOUND.toNanos();
        }
    }

    JdbcAccessChanges(Database database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
        knowledge.set(new Knowledge(0, System.nanoTime() - BOUND.toNanos() - 1));
        askUnlessUnavailable();
        asking = Thread.ofPlatform().name("access-changes").daemon().start(this::keepAsking);
    }

    @PreDestroy
    void close() throws InterruptedException {
        closing.countDown();
        asking.join(BOUND);
    }

    /** As the last statement of the transaction, so that its row, which everybody writes, is held for a moment only. */
    @Override
    public void count() {
        transactions.inTransaction(() -> {
            AtomicLong counted = new AtomicLong();
            database.atCommit(() -> counted.set(increment()), () -> raise(counted.get()));
        });
    }

    private long increment() {
        database.write("update access_change set changes = changes + 1");
        return stored();
    }

    private void raise(long count) {
        knowledge.updateAndGet(known -> new Knowledge(Math.max(known.count(), count), known.askedAt()));
    }

    @Override
    public OptionalLong known() {
        Knowledge known = knowledge.get();
        return known.isFresh() ? OptionalLong.of(known.count()) : OptionalLong.empty();
    }

    @Override
    public long ask() {
        long now = System.nanoTime();
        long count = stored();
        return knowledge
                .updateAndGet(known -> new Knowledge(
                        Math.max(known.count(), count), now - known.askedAt() > 0 ? now : known.askedAt()))
                .count();
    }

    private long stored() {
        return database.first("select changes from access_change", columns -> columns.bigNumber("changes"))
                .orElseThrow(() -> new IllegalStateException("the row that counts the changes is gone"));
    }

    private void keepAsking() {
        try {
            while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) askUnlessUnavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void askUnlessUnavailable() {
        try {
            ask();
        } catch (Refusal.Unavailable e) {
            // What is known grows old, and whoever needs it asks.
            LOG.debug("the count of changes was not refreshed", e);
        } catch (RuntimeException e) {
            LOG.warn("the count of changes was not refreshed", e);
        }
    }
}
