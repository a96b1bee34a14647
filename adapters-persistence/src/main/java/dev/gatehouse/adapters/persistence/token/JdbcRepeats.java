package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.Repeats;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** The column {@code token_id} holds the id of whatever was made; tokens were the first. */
@Singleton
final class JdbcRepeats implements Repeats {
    private static final String COLUMNS = "caller, repeat_key, fingerprint, token_id, asked_at";

    private final Database database;
    private final Transactions transactions;

    JdbcRepeats(Database database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    @Override
    public Optional<Repeat> find(String caller, String key, Instant now) {
        Optional<Repeat> found = database.first(
                "select " + COLUMNS + " from token_repeat where caller = ? and repeat_key = ? and asked_at > ?",
                JdbcRepeats::read,
                caller,
                key,
                now.minus(REMEMBERED));
        // Who repeats a request is told that it was done, maybe before who did it: so what was done has to be stored.
        if (found.isPresent() && database.isEmbedded()) transactions.inTransaction(() -> {});
        return found;
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
