package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.LastUses;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.TokenEnd;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenPlace;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import dev.gatehouse.domain.token.TokenSubject;
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

@Singleton
final class JdbcApiTokens implements ApiTokens {
    private static final String SELECT = "select " + ApiTokenRow.COLUMNS + " from api_token";
    private static final String NEWEST_FIRST = " and revoked_at is null order by subject_name, issued_at desc, id";

    private static final String OF_OWNER = " where subject_name = ? and subject_kind = ? and subject_id = ?";
    /** Of those that every database knows. */
    private static final long FIRST_SECOND = 0;

    private static final long LAST_SECOND = 253_402_300_799L;

    private static final String TAKEN_OF_REMOVED =
            "select coalesce((select id from token_removed where id = ?), (select name from token_removed"
                    + " where subject_kind = ? and subject_id = ? and role = ? and name = ?)) as taken";

    /** The first of a family, and the rest of it: in this order, and never as one "or", which not every database indexes. */
    private static final List<String> OF_FAMILY = List.of("id", "family_id");

    private final Database database;
    private final LastUses lastUses;
    private final TokenMeters meters;

    JdbcApiTokens(Database database, LastUses lastUses, TokenMeters meters) {
        this.database = database;
        this.lastUses = lastUses;
        this.meters = meters;
    }

    @Override
    public Optional<ApiToken> find(TokenId id) {
        return database.first(SELECT + " where id = ?", ApiTokenRow::read, id.value())
                .map(ApiTokenRow::toDomain);
    }

    @Override
    public Optional<ApiToken> hold(TokenId id) {
        return database.first(SELECT + " where id = ? for update", ApiTokenRow::read, id.value())
                .map(ApiTokenRow::toDomain);
    }

    @Override
    public Page<ApiToken> find(TokenFilter filter, PageRequest page) {
        TokenConditions wanted = TokenConditions.of(filter);
        page.after().map(TokenPlace::read).ifPresent(wanted::below);
        // One more than asked for, to know whether there is another page.
        List<ApiToken> found =
                tokens(SELECT + wanted.sql() + wanted.newestFirst() + " limit " + (page.limit() + 1), wanted.values());
        if (found.size() <= page.limit()) return new Page<>(found, Optional.empty());
        List<ApiToken> items = found.subList(0, page.limit());
        return new Page<>(items, Optional.of(TokenPlace.behind(items.getLast()).text()));
    }

    @Override
    public long count(TokenFilter filter) {
        TokenConditions wanted = TokenConditions.of(filter);
        return database.first(
                        "select count(*) as total from api_token" + wanted.sql(),
                        columns -> columns.bigNumber("total"),
                        wanted.values())
                .orElse(0L);
    }

    @Override
    public int countLive(TokenSubject subject, KindPolicy policy, Instant now, int most) {
        int counted = 0;
        for (TokenConditions each : TokenConditions.live(subject, policy, now)) counted += count(each, most - counted);
        return counted;
    }

    @Override
    public int countOpen(TokenSubject subject, KindPolicy policy, Instant now, int most) {
        return count(TokenConditions.open(subject, policy, now), most);
    }

    private int count(TokenConditions wanted, int most) {
        return database.first(
                        "select count(*) as total from (select id from api_token" + wanted.sql() + " limit " + most
                                + ") counted",
                        columns -> Math.toIntExact(columns.bigNumber("total")),
                        wanted.values())
                .orElse(0);
    }

    @Override
    public Map<String, Long> countLiveByKey(TokenPolicySnapshot policies, Instant now) {
        TokenConditions counting = TokenConditions.counting(policies, now);
        counting.add("signed_by is not null");
        return database
                .list(
                        "select signed_by, count(*) as total from api_token" + counting.sql() + " group by signed_by",
                        columns -> Map.entry(columns.text("signed_by"), columns.bigNumber("total")),
                        counting.values())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
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

    /** The name says no more than the id; it is what the index in the order of the list begins with. */
    @Override
    public List<ApiToken> unrevokedOf(TokenSubject subject, int most) {
        ApiTokenRow.Subject of = ApiTokenRow.Subject.of(subject);
        return tokens(
                SELECT + OF_OWNER + " and role = ?" + NEWEST_FIRST + " limit " + most,
                of.name(),
                of.kind(),
                of.id(),
                of.role());
    }

    @Override
    public List<ApiToken> unrevokedOfProject(TokenSubject.OfProjectRole project, int most) {
        ApiTokenRow.Subject of = ApiTokenRow.Subject.of(project);
        return tokens(SELECT + OF_OWNER + NEWEST_FIRST + " limit " + most, of.name(), of.kind(), of.id());
    }

    @Override
    public List<ApiToken> unrevokedOf(TokenSubject subject, long second, int most) {
        if (second < FIRST_SECOND || second > LAST_SECOND) return List.of();
        ApiTokenRow.Subject of = ApiTokenRow.Subject.of(subject);
        return tokens(
                SELECT + OF_OWNER + " and role = ? and issued_at >= ? and issued_at < ?" + NEWEST_FIRST + " limit "
                        + most,
                of.name(),
                of.kind(),
                of.id(),
                of.role(),
                Instant.ofEpochSecond(second),
                Instant.ofEpochSecond(second + 1));
    }

    @Override
    public int givenInProject(TokenSubject.OfProjectRole project) {
        ApiTokenRow.Subject of = ApiTokenRow.Subject.of(project);
        return database.first(
                        "select cast((select count(*) from api_token where subject_kind = ? and subject_id = ?)"
                                + " + (select count(*) from token_removed where subject_kind = ? and subject_id = ?)"
                                + " as int) as given",
                        columns -> columns.number("given"),
                        of.kind(),
                        of.id(),
                        of.kind(),
                        of.id())
                .orElse(0);
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
        // Asked only now: who removes the same at this moment was waited for, and is seen.
        Optional<String> taken = takenOfRemoved(token);
        if (taken.isEmpty()) return;
        database.write("delete from api_token where id = ?", token.id().value());
        throw new Refusal.Conflict(Reason.ALREADY_EXISTS, ApiToken.KIND, taken.get());
    }

    private Optional<String> takenOfRemoved(ApiToken token) {
        ApiTokenRow.Subject of = ApiTokenRow.Subject.of(token.subject());
        // One query without a union: H2 reads a union anew each time that it is asked.
        return database.first(
                        TAKEN_OF_REMOVED,
                        columns -> Optional.ofNullable(columns.textOrNull("taken")),
                        token.id().value(),
                        of.kind(),
                        of.id(),
                        of.role(),
                        token.name().value())
                .flatMap(taken -> taken);
    }

    @Override
    public List<ApiToken> holdFree(Set<TokenId> families) {
        if (families.isEmpty()) return List.of();
        Object[] ids = families.stream().map(TokenId::value).sorted().toArray();
        String among = " in (" + String.join(", ", Collections.nCopies(ids.length, "?")) + ")";
        List<ApiToken> held = new ArrayList<>();
        for (String column : OF_FAMILY)
            held.addAll(tokens(SELECT + " where " + column + among + " order by id for update skip locked", ids));
        return held.stream()
                .filter(each -> families.contains(each.lineage().family()))
                .toList();
    }

    @Override
    public int remove(Set<TokenId> ids, Instant now) {
        int removed = 0;
        for (TokenId each : ids) {
            boolean there = database.write(
                            "insert into token_removed (id, subject_kind, subject_id, role, name, removed_at)"
                                    + " select id, subject_kind, subject_id, role, name, cast(? as timestamp(6) with time zone)"
                                    + " from api_token where id = ? on conflict do nothing",
                            now,
                            each.value())
                    == 1;
            if (!there) continue;
            database.write("delete from api_token where id = ?", each.value());
            removed++;
        }
        return removed;
    }

    private String takenOf(ApiToken token) {
        return find(token.id()).isPresent() ? token.id().value() : token.name().value();
    }

    @Override
    public boolean revoke(TokenId id, Instant now, String by, String reason) {
        return database.write(
                        "update api_token set revoked_at = ?, revoked_by = ?, revoke_reason = ?"
                                + " where id = ? and revoked_at is null",
                        now,
                        by,
                        reason,
                        id.value())
                == 1;
    }

    @Override
    public List<TokenId> revoke(TokenFilter filter, String after, int most, Instant now, String by, String reason) {
        TokenConditions wanted = TokenConditions.of(filter);
        wanted.add("revoked_at is null");
        wanted.add("id > ?", after);
        List<String> ids = database.list(
                "select id from api_token" + wanted.sql() + " order by id limit " + most + " for update skip locked",
                columns -> columns.text("id"),
                wanted.values());
        if (!ids.isEmpty())
            database.write(
                    "update api_token set revoked_at = ?, revoked_by = ?, revoke_reason = ? where id = any(?)",
                    now,
                    by,
                    reason,
                    ids);
        return ids.stream().map(TokenId::new).toList();
    }

    @Override
    public List<TokenId> revokeFamily(TokenId family, Instant now, String by, String reason) {
        List<String> ids = new ArrayList<>();
        for (String column : OF_FAMILY)
            ids.addAll(database.list(
                    "select id from api_token where " + column
                            + " = ? and revoked_at is null order by generation for update",
                    columns -> columns.text("id"),
                    family.value()));
        if (!ids.isEmpty())
            database.write(
                    "update api_token set revoked_at = ?, revoked_by = ?, revoke_reason = ? where id = any(?)",
                    now,
                    by,
                    reason,
                    ids);
        return ids.stream().map(TokenId::new).toList();
    }

    @Override
    public boolean supersede(ApiToken superseded) {
        ApiTokenRow row = ApiTokenRow.of(superseded);
        return database.write(
                        """
                        update api_token set successor_id = ?, superseded_at = ?, superseded_until = ?,
                        close_on_first_use = ?, closed_at = ?
                        where id = ? and revoked_at is null and superseded_at is null""",
                        row.successorId(),
                        row.supersededAt(),
                        row.supersededUntil(),
                        row.closeOnFirstUse(),
                        row.closedAt(),
                        row.id())
                == 1;
    }

    @Override
    public boolean firstUse(TokenId id, Instant now) {
        return database.write(
                        "update api_token set first_used_at = ?"
                                + " where id = ? and first_used_at is null and revoked_at is null",
                        now,
                        id.value())
                == 1;
    }

    @Override
    public int closeBefore(TokenId family, int generation, Instant now) {
        int closed = 0;
        for (String column : OF_FAMILY)
            closed += database.write(
                    "update api_token set closed_at = ? where " + column + " = ? and generation < ?"
                            + " and superseded_until > ? and close_on_first_use and closed_at is null"
                            + " and revoked_at is null",
                    now,
                    family.value(),
                    generation,
                    now);
        return closed;
    }

    @Override
    public boolean used(TokenId id, LastUse use) {
        int written = database.write(
                "update api_token set last_used_at = ?, last_used_from = ?, last_used_by = ?"
                        + " where id = ? and revoked_at is null and (last_used_at is null or last_used_at < ?)",
                use.at(),
                use.address(),
                use.userAgent(),
                id.value(),
                use.at());
        return written == 1 || find(id).filter(each -> !each.isRevoked()).isPresent();
    }

    @Override
    public boolean countUse(TokenId id) {
        return database.write(
                        "update api_token set uses = uses + 1"
                                + " where id = ? and revoked_at is null and closed_at is null"
                                + " and max_uses is not null and uses < max_uses",
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
    public List<TokenId> revokeSignedBy(String kid, String after, int most, Instant now, String by, String reason) {
        List<String> ids = database.list(
                "select id from api_token where signed_by = ? and revoked_at is null and id > ? order by id limit "
                        + most + " for update",
                columns -> columns.text("id"),
                kid,
                after);
        if (!ids.isEmpty())
            database.write(
                    "update api_token set revoked_at = ?, revoked_by = ?, revoke_reason = ?"
                            + " where signed_by = ? and revoked_at is null and id > ? and id <= ?",
                    now,
                    by,
                    reason,
                    kid,
                    after,
                    ids.getLast());
        return ids.stream().map(TokenId::new).toList();
    }

    @Override
    public Set<TokenId> used(Map<TokenId, LastUse> uses) {
        Map<String, LastUse> byId = new HashMap<>();
        uses.forEach((id, use) -> byId.put(id.value(), use));
        return lastUses.write("api_token", byId).stream().map(TokenId::new).collect(Collectors.toSet());
    }

    @Override
    public List<ApiToken> unwarned(TokenFilter filter, int most) {
        TokenConditions wanted = TokenConditions.of(filter);
        wanted.unwarned(filter.now());
        return tokens(SELECT + wanted.sql() + wanted.newestFirst() + " limit " + most, wanted.values());
    }

    @Override
    public boolean warned(TokenId id, TokenEnd end, Instant now) {
        boolean first = database.write(
                        "update api_token set warned_of = ? where id = ? and (warned_of is null or warned_of <= ?)",
                        end.at(),
                        id.value(),
                        now)
                == 1;
        if (first) meters.warned(end.reason());
        return first;
    }
}
