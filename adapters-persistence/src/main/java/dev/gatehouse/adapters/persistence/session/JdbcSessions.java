package dev.gatehouse.adapters.persistence.session;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.LastUses;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionPlace;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.token.LastUse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Singleton
final class JdbcSessions implements Sessions {
    private static final String SELECT = "select " + SessionRow.COLUMNS + " from session";

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
    public Page<Session> live(Wanted wanted, PageRequest page) {
        Optional<SessionPlace> after = page.after().map(SessionPlace::of);
        if (wanted.accounts().filter(Set::isEmpty).isPresent()) return new Page<>(List.of(), Optional.empty());
        StringBuilder sql = new StringBuilder(
                SELECT + " where ended_at is null and ends_at > ?" + " and coalesce(last_used_at, started_at) > ?");
        List<@Nullable Object> values = new ArrayList<>();
        values.add(wanted.now());
        values.add(wanted.seenAfter());
        wanted.accounts().ifPresent(accounts -> {
            sql.append(" and account_id in (")
                    .append(String.join(", ", Collections.nCopies(accounts.size(), "?")))
                    .append(")");
            accounts.forEach(each -> values.add(each.value()));
        });
        after.ifPresent(place -> {
            sql.append(" and (started_at < ? or (started_at = ? and id > ?))");
            values.add(place.startedAt());
            values.add(place.startedAt());
            values.add(place.id().value());
        });
        sql.append(" order by started_at desc, id limit ").append(page.limit() + 1);
        List<Session> found = sessions(sql.toString(), values.toArray());
        if (found.size() <= page.limit()) return new Page<>(found, Optional.empty());
        List<Session> items = found.subList(0, page.limit());
        return new Page<>(items, Optional.of(SessionPlace.of(items.getLast()).text()));
    }

    @Override
    public List<Session> liveOf(AccountId account, Instant now) {
        return sessions(
                SELECT + " where account_id = ? and ended_at is null and ends_at > ? order by started_at, id",
                account.value(),
                now);
    }

    private List<Session> sessions(String sql, @Nullable Object... values) {
        return database.list(sql, SessionRow::read, values).stream()
                .map(SessionRow::toDomain)
                .toList();
    }

    @Override
    public int endIdle(Instant seenUntil, Instant now) {
        return database.write(
                "update session set ended_at = ?, end_reason = ? where ended_at is null and ends_at > ?"
                        + " and coalesce(last_used_at, started_at) <= ?",
                now,
                Session.Reason.IDLE.name(),
                now,
                seenUntil);
    }

    /** What ended early and what ended by itself have an index each. */
    @Override
    public int purge(Instant endedBefore, int most) {
        int early = purge("ended_at", endedBefore, most);
        return early + purge("ends_at", endedBefore, most - early);
    }

    private int purge(String column, Instant before, int most) {
        if (most == 0) return 0;
        return database.write(
                "delete from session where id in (select id from session where " + column + " < ? limit " + most + ")",
                before);
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
