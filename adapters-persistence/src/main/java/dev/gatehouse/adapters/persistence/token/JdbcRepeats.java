package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.token.Repeats;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** The column {@code token_id} holds the id of whatever was made; tokens were the first. */
@Singleton
final class JdbcRepeats implements Repeats {
    private static final String COLUMNS = "caller, repeat_key, fingerprint, token_id, asked_at";

    private final Database database;

    JdbcRepeats(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Repeat> find(String caller, String key, Instant now) {
        return database.first(
                "select " + COLUMNS + " from token_repeat where caller = ? and repeat_key = ? and asked_at > ?",
                JdbcRepeats::read,
                caller,
                key,
                now.minus(REMEMBERED));
    }

    @Override
    public boolean remember(Repeat repeat) {
        database.write(
                "delete from token_repeat where caller = ? and repeat_key = ? and asked_at <= ?",
                repeat.caller(),
                repeat.key(),
                repeat.at().minus(REMEMBERED));
        return database.insertIfAbsent(
                "token_repeat",
                COLUMNS,
                repeat.caller(),
                repeat.key(),
                repeat.fingerprint(),
                repeat.made(),
                repeat.at());
    }

    @Override
    public int forgetUntil(Instant moment) {
        return database.write("delete from token_repeat where asked_at <= ?", moment);
    }

    private static Repeat read(Columns columns) {
        return new Repeat(
                columns.text("caller"),
                columns.text("repeat_key"),
                columns.text("fingerprint"),
                columns.text("token_id"),
                columns.instant("asked_at"));
    }
}
