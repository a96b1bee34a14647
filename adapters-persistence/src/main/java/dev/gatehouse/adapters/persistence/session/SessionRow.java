package dev.gatehouse.adapters.persistence.session;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.token.LastUse;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

record SessionRow(
        String id,
        String accountId,
        String accountName,
        Instant startedAt,
        Instant endsAt,
        String address,
        String userAgent,
        @Nullable Instant endedAt,
        @Nullable String endReason,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedFrom,
        @Nullable String lastUsedBy,
        boolean newPlace,
        int refusedBefore) {
    static final String COLUMNS =
            "id, account_id, account_name, started_at, ends_at, address, user_agent, ended_at, end_reason,"
                    + " last_used_at, last_used_from, last_used_by, new_place, refused_before";

    static SessionRow of(Session session) {
        @Nullable Instant endedAt = null;
        @Nullable String endReason = null;
        if (session.state() instanceof Session.State.Ended(Instant at, Session.Reason reason)) {
            endedAt = at;
            endReason = reason.name();
        }
        return new SessionRow(
                session.id().value(),
                session.account().value(),
                session.name().value(),
                session.startedAt(),
                session.endsAt(),
                session.address(),
                session.userAgent(),
                endedAt,
                endReason,
                session.lastUse().map(LastUse::at).orElse(null),
                session.lastUse().map(LastUse::address).orElse(null),
                session.lastUse().map(LastUse::userAgent).orElse(null),
                session.unusual().newPlace(),
                session.unusual().refusedBefore());
    }

    static SessionRow read(Columns columns) {
        return new SessionRow(
                columns.text("id"),
                columns.text("account_id"),
                columns.text("account_name"),
                columns.instant("started_at"),
                columns.instant("ends_at"),
                columns.text("address"),
                columns.text("user_agent"),
                columns.instantOrNull("ended_at"),
                columns.textOrNull("end_reason"),
                columns.instantOrNull("last_used_at"),
                columns.textOrNull("last_used_from"),
                columns.textOrNull("last_used_by"),
                columns.flag("new_place"),
                columns.number("refused_before"));
    }

    Session toDomain() {
        return new Session(
                new SessionId(id),
                new AccountId(accountId),
                new Username(accountName),
                startedAt,
                endsAt,
                address,
                userAgent,
                new Session.Unusual(newPlace, refusedBefore),
                endedAt == null || endReason == null
                        ? new Session.State.Live()
                        : new Session.State.Ended(endedAt, Session.Reason.valueOf(endReason)),
                lastUsedAt == null || lastUsedFrom == null || lastUsedBy == null
                        ? Optional.empty()
                        : Optional.of(new LastUse(lastUsedAt, lastUsedFrom, lastUsedBy)));
    }

    /** In the order of {@link #COLUMNS}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            id,
            accountId,
            accountName,
            startedAt,
            endsAt,
            address,
            userAgent,
            endedAt,
            endReason,
            lastUsedAt,
            lastUsedFrom,
            lastUsedBy,
            newPlace,
            refusedBefore
        };
    }
}
