package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.LastUses;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenSubject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

@Singleton
final class JdbcApiTokens implements ApiTokens {
    private static final String SELECT = "select " + ApiTokenRow.COLUMNS + " from api_token";
    private static final String NEWEST_FIRST = " and revoked_at is null order by issued_at desc, id";

    private final Database database;
    private final LastUses lastUses;

    JdbcApiTokens(Database database, LastUses lastUses) {
        this.database = database;
        this.lastUses = lastUses;
    }

    @Override
    public Optional<ApiToken> find(TokenId id) {
        return database.first(SELECT + " where id = ?", ApiTokenRow::read, id.value())
                .map(ApiTokenRow::toDomain);
    }

    @Override
    public Optional<ApiToken> named(TokenSubject subject, TokenName name) {
        ApiTokenRow.Subject of = ApiTokenRow.Subject.of(subject);
        return database.first(
                        SELECT + " where subject_kind = ? and subject_id = ? and role = ? and name = ?",
                        ApiTokenRow::read,
                        of.kind(),
                        of.id(),
                        of.role(),
                        name.value())
                .map(ApiTokenRow::toDomain);
    }

    @Override
    public List<ApiToken> unrevokedOf(TokenSubject subject) {
        ApiTokenRow.Subject of = ApiTokenRow.Subject.of(subject);
        return tokens(
                SELECT + " where subject_kind = ? and subject_id = ? and role = ?" + NEWEST_FIRST,
                of.kind(),
                of.id(),
                of.role());
    }

    @Override
    public List<ApiToken> unrevokedOfProject(TokenSubject.OfProjectRole project) {
        ApiTokenRow.Subject of = ApiTokenRow.Subject.of(project);
        return tokens(SELECT + " where subject_kind = ? and subject_id = ?" + NEWEST_FIRST, of.kind(), of.id());
    }

    private List<ApiToken> tokens(String sql, Object... parameters) {
        return database.list(sql, ApiTokenRow::read, parameters).stream()
                .map(ApiTokenRow::toDomain)
                .toList();
    }

    @Override
    public void insert(ApiToken token) {
        if (!database.insertIfAbsent(
                "api_token", ApiTokenRow.COLUMNS, ApiTokenRow.of(token).values()))
            throw new Refusal.Conflict(Reason.ALREADY_EXISTS, ApiToken.KIND, takenOf(token));
    }

    private String takenOf(ApiToken token) {
        return find(token.id()).isPresent() ? token.id().value() : token.name().value();
    }

    @Override
    public boolean revoke(TokenId id, Instant now, String by) {
        return database.write(
                        "update api_token set revoked_at = ?, revoked_by = ? where id = ? and revoked_at is null",
                        now,
                        by,
                        id.value())
                == 1;
    }

    @Override
    public int revokeAllOf(TokenSubject subject, Instant now, String by) {
        ApiTokenRow.Subject of = ApiTokenRow.Subject.of(subject);
        return database.write("""
                update api_token set revoked_at = ?, revoked_by = ?
                where subject_kind = ? and subject_id = ? and role = ? and revoked_at is null""", now, by, of.kind(), of.id(), of.role());
    }

    @Override
    public Set<TokenId> used(Map<TokenId, LastUse> uses) {
        Map<String, LastUse> byId = new HashMap<>();
        uses.forEach((id, use) -> byId.put(id.value(), use));
        return lastUses.write("api_token", byId).stream().map(TokenId::new).collect(Collectors.toSet());
    }
}
