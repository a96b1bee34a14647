package dev.gatehouse.adapters.persistence.account;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.account.SignInFailures;
import dev.gatehouse.domain.account.SignInPlace;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

@Singleton
final class JdbcSignInFailures implements SignInFailures {
    private static final String PAST = """
            select (select failures from sign_in_failure where key_digest = ?) as failures,
                (select last_failed_at from sign_in_failure where key_digest = ?) as last_failed_at,
                (select drained_at_micros from sign_in_pressure where key_digest = ?) as place_drained_at,
                (select drained_at_micros from sign_in_pressure where key_digest = ?) as name_drained_at,
                (select last_at from sign_in_success where key_digest = ?) as last_success_at""";

    private final Database database;

    JdbcSignInFailures(Database database) {
        this.database = database;
    }

    /** One statement: each sign-in asks twice, and all of it is one row each. */
    @Override
    public Past past(Key key, SignInPlace place) {
        String digest = SignInFailureRow.digest(key);
        return database.first(
                        PAST,
                        SignInFailureRow::past,
                        digest,
                        digest,
                        SignInFailureRow.digest(new Pressed.Place(place)),
                        SignInFailureRow.digest(new Pressed.Name(key.name())),
                        digest)
                .orElseThrow();
    }

    /** Each turn is one statement that counts or does nothing; another turn follows only where a row came or went. */
    @Override
    public void add(Key key, Instant now, Duration window) {
        while (!countMore(key, now, window) && !countFirst(key, now)) Thread.onSpinWait();
    }

    private boolean countMore(Key key, Instant now, Duration window) {
        return database.write("""
                        update sign_in_failure
                        set failures = case when last_failed_at <= ? then 1 else failures + 1 end,
                            last_failed_at = greatest(last_failed_at, ?)
                        where key_digest = ?""", now.minus(window), now, SignInFailureRow.digest(key)) == 1;
    }

    private boolean countFirst(Key key, Instant now) {
        return database.insertIfAbsent(
                "sign_in_failure",
                SignInFailureRow.COLUMNS,
                SignInFailureRow.first(key, now).values());
    }

    /** As {@link #add}: one statement that fills or does nothing, or a first row. */
    @Override
    public void press(Pressed of, Duration more, Instant now) {
        String key = SignInFailureRow.digest(of);
        long by = TimeUnit.NANOSECONDS.toMicros(more.toNanos());
        while (database.write(
                                "update sign_in_pressure set drained_at_micros = greatest(drained_at_micros, ?) + ?"
                                        + " where key_digest = ?",
                                micros(now),
                                by,
                                key)
                        == 0
                && !database.insertIfAbsent("sign_in_pressure", "key_digest, drained_at_micros", key, micros(now) + by))
            Thread.onSpinWait();
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    @Override
    public void succeeded(Key key, Instant now) {
        String digest = SignInFailureRow.digest(key);
        while (database.write(
                                "update sign_in_success set last_at = greatest(last_at, ?) where key_digest = ?",
                                now,
                                digest)
                        == 0
                && !database.insertIfAbsent("sign_in_success", "key_digest, last_at", digest, now)) Thread.onSpinWait();
    }

    @Override
    public int purge(Instant failuresBefore, Instant successesBefore) {
        return database.write("delete from sign_in_failure where last_failed_at < ?", failuresBefore)
                + database.write("delete from sign_in_pressure where drained_at_micros < ?", micros(failuresBefore))
                + database.write("delete from sign_in_success where last_at < ?", successesBefore);
    }

    @Override
    public void clear(Key key) {
        database.write("delete from sign_in_failure where key_digest = ?", SignInFailureRow.digest(key));
    }
}
