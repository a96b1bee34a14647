package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.access.Permission;
import dev.gatehouse.domain.access.SourceNetwork;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.Lineage;
import dev.gatehouse.domain.token.Restrictions;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenSubject;
import dev.gatehouse.domain.token.Uses;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        @Nullable Instant notBefore,
        @Nullable Instant expiresAt,
        String createdBy,
        @Nullable String signedBy,
        String networks,
        String permissions,
        @Nullable Integer maxUses,
        int uses,
        @Nullable Instant firstUsedAt,
        @Nullable String familyId,
        int generation,
        @Nullable String predecessorId,
        @Nullable String successorId,
        @Nullable Instant supersededAt,
        @Nullable Instant supersededUntil,
        boolean closeOnFirstUse,
        @Nullable Instant closedAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy,
        String revokeReason,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedFrom,
        @Nullable String lastUsedBy) {
    static final String ACCOUNT = "account";
    static final String PROJECT_ROLE = "projectRole";
    static final String COLUMNS =
            "id, name, subject_kind, subject_id, subject_name, role, description, issued_at, not_before, expires_at,"
                    + " created_by, signed_by, networks, permissions, max_uses, uses, first_used_at, family_id, generation,"
                    + " predecessor_id, successor_id, superseded_at, superseded_until, close_on_first_use, closed_at,"
                    + " revoked_at, revoked_by, revoke_reason, last_used_at, last_used_from, last_used_by";

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
        ApiToken.State.@Nullable Superseded superseded =
                token.state() instanceof ApiToken.State.Superseded state ? state : null;
        ApiToken.State.@Nullable Revoked revoked = token.state() instanceof ApiToken.State.Revoked state ? state : null;
        return new ApiTokenRow(
                token.id().value(),
                token.name().value(),
                subject.kind(),
                subject.id(),
                subject.name(),
                subject.role(),
                token.description(),
                token.issuedAt(),
                token.notBefore(),
                token.expiresAt().orElse(null),
                token.createdBy(),
                token.signedBy().orElse(null),
                lines(token.restrictions().limits().networks().stream().map(SourceNetwork::text)),
                lines(token.restrictions().limits().permissions().stream().map(Permission::text)),
                token.restrictions().maxUses().orElse(null),
                token.uses().counted(),
                token.uses().firstAt().orElse(null),
                token.lineage().generation() == 0
                        ? null
                        : token.lineage().family().value(),
                token.lineage().generation(),
                token.lineage().predecessor().map(TokenId::value).orElse(null),
                token.lineage().successor().map(TokenId::value).orElse(null),
                superseded == null ? null : superseded.at(),
                superseded == null ? null : superseded.until(),
                superseded != null && superseded.closeOnFirstUse(),
                superseded == null ? null : superseded.closedAt().orElse(null),
                revoked == null ? null : revoked.at(),
                revoked == null ? null : revoked.by(),
                revoked == null ? "" : revoked.reason(),
                token.lastUse().map(LastUse::at).orElse(null),
                token.lastUse().map(LastUse::address).orElse(null),
                token.lastUse().map(LastUse::userAgent).orElse(null));
    }

    private static String lines(Stream<String> texts) {
        return texts.collect(Collectors.joining("\n"));
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
                columns.instantOrNull("not_before"),
                columns.instantOrNull("expires_at"),
                columns.text("created_by"),
                columns.textOrNull("signed_by"),
                columns.text("networks"),
                columns.text("permissions"),
                columns.numberOrNull("max_uses"),
                columns.number("uses"),
                columns.instantOrNull("first_used_at"),
                columns.textOrNull("family_id"),
                columns.number("generation"),
                columns.textOrNull("predecessor_id"),
                columns.textOrNull("successor_id"),
                columns.instantOrNull("superseded_at"),
                columns.instantOrNull("superseded_until"),
                columns.flag("close_on_first_use"),
                columns.instantOrNull("closed_at"),
                columns.instantOrNull("revoked_at"),
                columns.textOrNull("revoked_by"),
                columns.text("revoke_reason"),
                columns.instantOrNull("last_used_at"),
                columns.textOrNull("last_used_from"),
                columns.textOrNull("last_used_by"));
    }

    /** @throws IllegalStateException when what is stored fits no token: that is no fault of whoever asks for it */
    ApiToken toDomain() {
        try {
            return fitting();
        } catch (Refusal.Invalid e) {
            throw new IllegalStateException("the row of token '" + id + "' does not read", e);
        }
    }

    private ApiToken fitting() {
        return new ApiToken(
                new TokenId(id),
                new TokenName(name),
                new Subject(subjectKind, subjectId, subjectName, role).toDomain(),
                description,
                issuedAt,
                notBefore == null ? issuedAt : notBefore,
                Optional.ofNullable(expiresAt),
                createdBy,
                Optional.ofNullable(signedBy),
                restrictions(),
                new Lineage(
                        new TokenId(familyId == null ? id : familyId),
                        generation,
                        Optional.ofNullable(predecessorId).map(TokenId::new),
                        Optional.ofNullable(successorId).map(TokenId::new)),
                new Uses(
                        Optional.ofNullable(firstUsedAt),
                        uses,
                        lastUsedAt == null || lastUsedFrom == null || lastUsedBy == null
                                ? Optional.empty()
                                : Optional.of(new LastUse(lastUsedAt, lastUsedFrom, lastUsedBy))),
                state());
    }

    private Restrictions restrictions() {
        if (networks.isEmpty() && permissions.isEmpty() && maxUses == null) return Restrictions.NONE;
        return new Restrictions(
                new Limits(
                        networks.lines()
                                .map(each -> SourceNetwork.parse("networks", each))
                                .toList(),
                        permissions
                                .lines()
                                .map(each -> Permission.parse("permissions", each))
                                .toList()),
                Optional.ofNullable(maxUses));
    }

    private ApiToken.State state() {
        if (revokedAt != null && revokedBy != null)
            return new ApiToken.State.Revoked(revokedAt, revokedBy, revokeReason);
        if (supersededAt != null && supersededUntil != null)
            return new ApiToken.State.Superseded(
                    supersededAt, supersededUntil, closeOnFirstUse, Optional.ofNullable(closedAt));
        return new ApiToken.State.Live();
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
            notBefore,
            expiresAt,
            createdBy,
            signedBy,
            networks,
            permissions,
            maxUses,
            uses,
            firstUsedAt,
            familyId,
            generation,
            predecessorId,
            successorId,
            supersededAt,
            supersededUntil,
            closeOnFirstUse,
            closedAt,
            revokedAt,
            revokedBy,
            revokeReason,
            lastUsedAt,
            lastUsedFrom,
            lastUsedBy
        };
    }
}
