package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * @param subjectKind {@link #ACCOUNT} or {@link #PROJECT_ROLE}
 * @param subjectId of the account or the project
 * @param subjectName of the account or the project
 * @param role empty on the token of an account
 */
record ApiTokenRow(
        String id,
        String name,
        String subjectKind,
        String subjectId,
        String subjectName,
        String role,
        String description,
        Instant issuedAt,
        @Nullable Instant expiresAt,
        String createdBy,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedFrom,
        @Nullable String lastUsedBy) {
    static final String ACCOUNT = "account";
    static final String PROJECT_ROLE = "projectRole";
    static final String COLUMNS =
            "id, name, subject_kind, subject_id, subject_name, role, description, issued_at, expires_at,"
                    + " created_by, revoked_at, revoked_by, last_used_at, last_used_from, last_used_by";

    /** The columns that say who a token speaks for. */
    record Subject(String kind, String id, String name, String role) {
        static Subject of(TokenSubject subject) {
            return switch (subject) {
                case TokenSubject.OfAccount(AccountId id, Username name) ->
                    new Subject(ACCOUNT, id.value(), name.value(), "");
                case TokenSubject.OfProjectRole(ProjectId id, ProjectName project, RoleName role) ->
                    new Subject(PROJECT_ROLE, id.value(), project.value(), role.value());
            };
        }

        TokenSubject toDomain() {
            return switch (kind) {
                case ACCOUNT -> new TokenSubject.OfAccount(new AccountId(id), new Username(name));
                case PROJECT_ROLE ->
                    new TokenSubject.OfProjectRole(new ProjectId(id), new ProjectName(name), new RoleName(role));
                default -> throw new IllegalStateException("no subject is a " + kind);
            };
        }
    }

    static ApiTokenRow of(ApiToken token) {
        Subject subject = Subject.of(token.subject());
        @Nullable Instant revokedAt = null;
        @Nullable String revokedBy = null;
        if (token.state() instanceof ApiToken.State.Revoked(Instant at, String by)) {
            revokedAt = at;
            revokedBy = by;
        }
        return new ApiTokenRow(
                token.id().value(),
                token.name().value(),
                subject.kind(),
                subject.id(),
                subject.name(),
                subject.role(),
                token.description(),
                token.issuedAt(),
                token.expiresAt().orElse(null),
                token.createdBy(),
                revokedAt,
                revokedBy,
                token.lastUse().map(LastUse::at).orElse(null),
                token.lastUse().map(LastUse::address).orElse(null),
                token.lastUse().map(LastUse::userAgent).orElse(null));
    }

    static ApiTokenRow read(Columns columns) {
        return new ApiTokenRow(
                columns.text("id"),
                columns.text("name"),
                columns.text("subject_kind"),
                columns.text("subject_id"),
                columns.text("subject_name"),
                columns.text("role"),
                columns.text("description"),
                columns.instant("issued_at"),
                columns.instantOrNull("expires_at"),
                columns.text("created_by"),
                columns.instantOrNull("revoked_at"),
                columns.textOrNull("revoked_by"),
                columns.instantOrNull("last_used_at"),
                columns.textOrNull("last_used_from"),
                columns.textOrNull("last_used_by"));
    }

    ApiToken toDomain() {
        return new ApiToken(
                new TokenId(id),
                new TokenName(name),
                new Subject(subjectKind, subjectId, subjectName, role).toDomain(),
                description,
                issuedAt,
                Optional.ofNullable(expiresAt),
                createdBy,
                revokedAt == null || revokedBy == null
                        ? new ApiToken.State.Live()
                        : new ApiToken.State.Revoked(revokedAt, revokedBy),
                lastUsedAt == null || lastUsedFrom == null || lastUsedBy == null
                        ? Optional.empty()
                        : Optional.of(new LastUse(lastUsedAt, lastUsedFrom, lastUsedBy)));
    }

    /** In the order of {@link #COLUMNS}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            id,
            name,
            subjectKind,
            subjectId,
            subjectName,
            role,
            description,
            issuedAt,
            expiresAt,
            createdBy,
            revokedAt,
            revokedBy,
            lastUsedAt,
            lastUsedFrom,
            lastUsedBy
        };
    }
}
