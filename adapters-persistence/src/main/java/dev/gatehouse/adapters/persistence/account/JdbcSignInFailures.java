package dev.gatehouse.adapters.persistence.account;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.account.SignInFailures;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

@Singleton
final class JdbcSignInFailures implements SignInFailures {
    private final Database database;

    JdbcSignInFailures(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Count> of(Key key) {
        return database.first(
                        "select " + SignInFailureRow.COLUMNS + " from sign_in_failure where key_digest = ?",
                        SignInFailureRow::read,
                        SignInFailureRow.digest(key))
                .map(SignInFailureRow::toDomain);
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

    @Override
    public void clear(Key key) {
        database.write("delete from sign_in_failure where key_digest = ?", SignInFailureRow.digest(key));
    }
}
