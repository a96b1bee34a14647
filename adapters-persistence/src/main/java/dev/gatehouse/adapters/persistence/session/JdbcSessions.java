package dev.gatehouse.adapters.persistence.session;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.LastUses;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.token.LastUse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

@Singleton
final class JdbcSessions implements Sessions {
    private final Database database;
    private final LastUses lastUses;

    JdbcSessions(Database database, LastUses lastUses) {
        this.database = database;
        this.lastUses = lastUses;
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return database.first(
                        "select " + SessionRow.COLUMNS + " from session where id = ?", SessionRow::read, id.value())
                .map(SessionRow::toDomain);
    }

    @Override
    public void insert(Session session) {
        if (!database.insertIfAbsent(
                "session", SessionRow.COLUMNS, SessionRow.of(session).values()))
            throw new Refusal.Conflict(
                    Reason.ALREADY_EXISTS, Session.KIND, session.id().value());
    }

    @Override
    public boolean end(SessionId id, Instant now, Session.Reason reason) {
        return database.write(
                        "update session set ended_at = ?, end_reason = ? where id = ? and ended_at is null",
                        now,
                        reason.name(),
                        id.value())
                == 1;
    }

    @Override
    public int endAllOf(AccountId account, Instant now, Session.Reason reason) {
        return database.write(
                "update session set ended_at = ?, end_reason = ? where account_id = ? and ended_at is null",
                now,
                reason.name(),
                account.value());
    }

    @Override
    public Set<SessionId> used(Map<SessionId, LastUse> uses) {
        Map<String, LastUse> byId = new HashMap<>();
        uses.forEach((id, use) -> byId.put(id.value(), use));
        return lastUses.write("session", byId).stream().map(SessionId::new).collect(Collectors.toSet());
    }
}
