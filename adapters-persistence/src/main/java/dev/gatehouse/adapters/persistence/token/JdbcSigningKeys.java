package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Singleton
final class JdbcSigningKeys implements SigningKeys {
    private static final String ALL =
            "select " + SigningKeyRow.COLUMNS + " from signing_key order by created_at desc, kid";

    private final Database database;

    JdbcSigningKeys(Database database) {
        this.database = database;
    }

    @Override
    public List<SigningKey> all() {
        return read(ALL);
    }

    /** The first key is never removed, so that whoever holds it holds them all, also those that are added meanwhile. */
    @Override
    public List<SigningKey> hold() {
        database.first("select kid from signing_key where founder for update", columns -> columns.text("kid"));
        return all();
    }

    private List<SigningKey> read(String sql) {
        return database.list(sql, SigningKeyRow::read).stream()
                .map(SigningKeyRow::toDomain)
                .toList();
    }

    /** Two that see no key at once both come as founder, and of founders there can be one. */
    @Override
    public boolean insertFirst(SigningKey key) {
        if (database.first("select kid from signing_key limit 1", columns -> columns.text("kid"))
                .isPresent()) return false;
        return database.insertIfAbsent(
                "signing_key",
                SigningKeyRow.COLUMNS + ", founder",
                Stream.concat(Stream.of(SigningKeyRow.of(key).values()), Stream.<@Nullable Object>of(true))
                        .toArray());
    }

    @Override
    public void insert(SigningKey key) {
        if (!database.insertIfAbsent(
                "signing_key", SigningKeyRow.COLUMNS, SigningKeyRow.of(key).values()))
            throw new Refusal.Conflict(Refusal.Conflict.Reason.ALREADY_EXISTS, SigningKey.KIND, key.kid());
    }

    @Override
    public boolean activate(String kid, Instant from) {
        return database.write("""
                        update signing_key set active_from = ?
                        where kid = ? and revoked_at is null and (active_from is null or active_from > ?)""", from, kid, from) == 1;
    }

    @Override
    public boolean revoke(String kid, Instant at, String by) {
        return database.write(
                        "update signing_key set revoked_at = ?, revoked_by = ? where kid = ? and revoked_at is null",
                        at,
                        by,
                        kid)
                == 1;
    }

    @Override
    public List<String> withLiveRecords() {
        return database.list(
                "select kid from signing_key where revoked_at is not null and not records_ended",
                columns -> columns.text("kid"));
    }

    @Override
    public void recordsEnded(String kid) {
        database.write("update signing_key set records_ended = true where kid = ?", kid);
    }

    @Override
    public boolean removeStandby(String kid) {
        return database.write("""
                        delete from signing_key
                        where kid = ? and active_from is null and revoked_at is null and founder is null""", kid) == 1;
    }
}
