package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
final class JdbcSigningKeys implements SigningKeys {
    private final Database database;

    JdbcSigningKeys(Database database) {
        this.database = database;
    }

    @Override
    public List<SigningKey> all() {
        return database
                .list(
                        "select " + SigningKeyRow.COLUMNS + " from signing_key order by created_at desc, kid",
                        SigningKeyRow::read)
                .stream()
                .map(SigningKeyRow::toDomain)
                .toList();
    }

    /** Two that see no key at once both come as founder, and of founders there can be one. */
    @Override
    public boolean insertFirst(SigningKey key) {
        if (database.first("select kid from signing_key limit 1", columns -> columns.text("kid"))
                .isPresent()) return false;
        SigningKeyRow row = SigningKeyRow.of(key);
        return database.insertIfAbsent(
                "signing_key",
                SigningKeyRow.COLUMNS + ", founder",
                row.kid(),
                row.algorithm(),
                row.privateJwk(),
                row.createdAt(),
                true);
    }
}
