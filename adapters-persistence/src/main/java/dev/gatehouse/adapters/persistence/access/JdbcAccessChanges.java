package dev.gatehouse.adapters.persistence.access;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.Listening;
import dev.gatehouse.adapters.persistence.access.Readings.Moment;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.SeenChanges;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log in the database. A thread reads on four times within the bound, and on PostgreSQL as soon as somebody commits;
 * there it has a connection of its own, so that a busy pool does not make this process deaf.
 */
@Singleton
final class JdbcAccessChanges implements AccessChanges {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcAccessChanges.class);
    private static final Duration PAUSE = BOUND.dividedBy(4);
    /** After so many numbers what is old is removed. */
    private static final int PURGE_EVERY = 1_000;

    /** Attempts in a row to hear of the server, a second each, after which nobody waits for it any longer. */
    private static final int UNHEARD_OF_AFTER = 2;

    private final Database database;
    private final Transactions transactions;
    private final ChangeLog log;
    private final DatabaseClock clock;
    private final AccessMeters meters;
    private final SeenChanges seen = new SeenChanges();
    private final AtomicReference<Readings> readings = new AtomicReference<>(Readings.none(Moment.now()));
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread reading;
    private volatile boolean listening;
    private volatile boolean off;
    /** Of the reading thread alone. */
    private int unheard;

    JdbcAccessChanges(Database database, Transactions transactions, DatabaseClock clock, AccessMeters meters) {
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
        this.meters = meters;
        this.log = new ChangeLog(database, UUID.randomUUID().toString());
        meters.watch(this::age, clock::skew);
        database.whenReopened(this::beginAnew);
        readUnlessUnavailable();
        reading = Thread.ofPlatform().name("access-changes").daemon().start(this::keepReading);
    }

    @PreDestroy
    void close() throws InterruptedException {
        closing.countDown();
        reading.join(BOUND);
    }

    @Override
    public void append(List<AccessChange> changes) {
        if (changes.isEmpty()) return;
        List<AccessChange> all = List.copyOf(changes);
        transactions.inTransaction(() -> {
            AtomicLong first = new AtomicLong();
            database.atCommit(() -> first.set(log.append(all)), () -> seen.committed(first.get(), all));
        });
    }

    @Override
    public OptionalLong known() {
        return isFresh() ? OptionalLong.of(seen.position()) : OptionalLong.empty();
    }

    @Override
    public boolean untouched(long since, Collection<AccessChange> restsOn) {
        return isFresh() && seen.untouched(since, restsOn);
    }

    @Override
    public boolean keptUp() {
        return readings.get().keptUpAt(Moment.now());
    }

    @Override
    public long ask() {
        read(log::readAfter);
        return seen.position();
    }

    private boolean isFresh() {
        return readings.get().areFreshAt(Moment.now());
    }

    private void read(LongFunction<ChangeLog.Tail> reader) {
        // Both are taken before the database is asked.
        Moment asked = Moment.now();
        long after = seen.number();
        boolean first = readings.get().areNone();
        ChangeLog.Tail tail = reader.apply(after);
        boolean forgot = seen.readOn(after, tail.rows(), tail.end());
        readings.updateAndGet(before -> before.with(asked));
        if (!database.isEmbedded()) measure(tail.at(), asked);
        if (first) return;
        if (forgot) forgotten();
        Duration since = Duration.ofNanos(System.nanoTime() - asked.nanos());
        for (Duration each : tail.delays()) meters.seen(each.plus(since));
        if (tail.end() / PURGE_EVERY != after / PURGE_EVERY) log.purge();
    }

    private void beginAnew() {
        seen.beginAnew(log.readAfter(seen.number()).end());
        forgotten();
    }

    private void forgotten() {
        meters.forgot();
        LOG.info(
                "what was remembered of tokens is forgotten: the log of changes does not tell all that happened since");
    }

    private void measure(Instant there, Moment asked) {
        clock.measured(there, asked.nanos());
        boolean isOff = clock.skew().abs().compareTo(BOUND) > 0;
        if (isOff && !off)
            LOG.warn(
                    "the clock of this machine is {} s ahead of the database's, which is the one that counts: set it right",
                    clock.skew().toMillis() / 1e3);
        off = isOff;
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - readings.get().last().nanos());
    }

    private void keepReading() {
        try {
            while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                if (database.isEmbedded()) readUnlessUnavailable();
                else listen();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until it is closed, or the connection breaks. */
    private void listen() {
        try (Listening connection = database.listen(ChangeLog.CHANNEL)) {
            while (closing.getCount() > 0) {
                read(number -> log.readAfter(number, connection));
                if (!listening) LOG.info("this process hears of changes made by others");
                listening = true;
                unheard = 0;
                connection.await(PAUSE);
            }
        } catch (RuntimeException e) {
            // What is known grows old, and whoever needs it asks the database.
            if (listening) LOG.warn("this process does not hear of changes made by others; it tries again", e);
            else LOG.debug("the connection that tells of changes was not made", e);
            listening = false;
            meters.lost();
            if (Listening.heardNothing(e)) unheardOf();
            else unheard = 0;
        }
    }

    /** Who waits on another connection waits in vain, for as long as its socket lets it: rather it is refused now. */
    private void unheardOf() {
        unheard++;
        if (unheard < UNHEARD_OF_AFTER) return;
        if (unheard == UNHEARD_OF_AFTER) LOG.warn("the database answers nothing; whoever waits for it is refused");
        database.breakConnections();
    }

    private void readUnlessUnavailable() {
        try {
            ask();
        } catch (Refusal.Unavailable e) {
            // What is known grows old, and whoever needs it asks.
            LOG.debug("the log of changes was not read", e);
        } catch (RuntimeException e) {
            LOG.warn("the log of changes was not read", e);
        }
    }
}
