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
import java.util.Arrays;
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
    /** Parameters: the kid, now. */
    private static final String LIVE_AND_SIGNED_BY = " where signed_by = ? and ended_at is null and ends_at > ?";

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
    public void insert(Session session, String kid) {
        @Nullable Object[] row = SessionRow.of(session).values();
        @Nullable Object[] signed = Arrays.copyOf(row, row.length + 1);
        signed[row.length] = kid;
        if (!database.insertIfAbsent("session", SessionRow.COLUMNS + ", signed_by", signed))
            throw new Refusal.Conflict(
                    Reason.ALREADY_EXISTS, Session.KIND, session.id().value());
    }

    @Override
    public void signed(SessionId id, String kid) {
        database.write("update session set signed_by = ? where id = ?", kid, id.value());
    }

    @Override
    public int endSignedBy(String kid, Instant now, Session.Reason reason) {
        return database.write(
                "update session set ended_at = ?, end_reason = ?" + LIVE_AND_SIGNED_BY, now, reason.name(), kid, now);
    }

    @Override
    public long countSignedBy(String kid, Instant now) {
        return database.first(
                        "select count(*) as total from session" + LIVE_AND_SIGNED_BY,
                        columns -> columns.bigNumber("total"),
                        kid,
                        now)
                .orElse(0L);
    }

    @Override
    public Page<Session> live(Wanted wanted, PageRequest page) {
        Optional<SessionPlace> after = page.after().map(SessionPlace::of);
        Conditions conditions = Conditions.of(wanted);
        after.ifPresent(place -> conditions.add(
                "(started_at < ? or (started_at = ? and id > ?))",
                place.startedAt(),
                place.startedAt(),
                place.id().value()));
        List<Session> found = sessions(
                SELECT + conditions.sql() + " order by started_at desc, id limit " + (page.limit() + 1),
                conditions.values());
        if (found.size() <= page.limit()) return new Page<>(found, Optional.empty());
        List<Session> items = found.subList(0, page.limit());
        return new Page<>(items, Optional.of(SessionPlace.of(items.getLast()).text()));
    }

    @Override
    public long count(Wanted wanted) {
        Conditions conditions = Conditions.of(wanted);
        return database.first(
                        "select count(*) as total from session" + conditions.sql(),
                        columns -> columns.bigNumber("total"),
                        conditions.values())
                .orElse(0L);
    }

    @Override
    public List<Session> olderThanNewest(Wanted wanted, int newest) {
        if (areAtMost(newest, wanted)) return List.of();
        Conditions conditions = Conditions.of(wanted);
        return sessions(
                        SELECT + conditions.sql() + " order by started_at desc, id offset " + newest + " rows",
                        conditions.values())
                .reversed();
    }

    /** Nearly always, and an index tells it without reading one session. */
    private boolean areAtMost(int most, Wanted wanted) {
        Conditions conditions = Conditions.notEnded(wanted);
        return database.first(
                        "select count(*) as total from session" + conditions.sql(),
                        columns -> columns.bigNumber("total"),
                        conditions.values())
                .filter(total -> total > most)
                .isEmpty();
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
    public int endAll(Wanted wanted, Session.Reason reason) {
        Conditions conditions = Conditions.of(wanted);
        List<Object> values = new ArrayList<>(List.of(wanted.now(), reason.name()));
        values.addAll(List.of(conditions.values()));
        return database.write("update session set ended_at = ?, end_reason = ?" + conditions.sql(), values.toArray());
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

    /** What follows {@code where}, and the values in it. */
    private static final class Conditions {
        private static final String SEEN_AT = "coalesce(last_used_at, started_at)";

        private final List<String> texts = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        static Conditions of(Wanted wanted) {
            Conditions all = notEnded(wanted);
            Bounds within = wanted.within();
            all.add(SEEN_AT + " > ? and started_at > ?", within.seenAfter(), within.startedAfter());
            wanted.beyond()
                    .ifPresent(each -> all.add(
                            "(" + SEEN_AT + " <= ? or started_at <= ?)", each.seenAfter(), each.startedAfter()));
            return all;
        }

        /** Those and more: what the index over accounts and ends knows of it. */
        static Conditions notEnded(Wanted wanted) {
            Conditions all = new Conditions();
            all.add("ended_at is null and ends_at > ?", wanted.now());
            wanted.accounts().ifPresent(all::among);
            return all;
        }

        private void among(Set<AccountId> accounts) {
            if (accounts.isEmpty()) add("1 = 0");
            else
                add(
                        "account_id in (" + String.join(", ", Collections.nCopies(accounts.size(), "?")) + ")",
                        accounts.stream().map(AccountId::value).toArray());
        }

        private void add(String text, Object... parameters) {
            texts.add(text);
            values.addAll(List.of(parameters));
        }

        String sql() {
            return " where " + String.join(" and ", texts);
        }

        Object[] values() {
            return values.toArray();
        }
    }

    @Override
    public Set<SessionId> used(Map<SessionId, LastUse> uses) {
        Map<String, LastUse> byId = new HashMap<>();
        uses.forEach((id, use) -> byId.put(id.value(), use));
        return lastUses.write("session", byId).stream().map(SessionId::new).collect(Collectors.toSet());
    }
}
