package dev.gatehouse.adapters.rest.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.access.Permission;
import dev.gatehouse.domain.access.SourceNetwork;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.Restrictions;
import dev.gatehouse.domain.token.TokenEnd;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenSubject;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A token as the list shows it (Gatehouse contract 4), and, in the one reply that makes it, its text. */
@Serdeable
@Schema(name = "Token")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record TokenItem(
        String id,

        @Schema(description = "What its creator calls it; the id, unless another token had that")
        String name,

        @Schema(description = "account or project") String kind,
        @Schema(description = "bob, or proj:demo:ci") String subject,
        @Nullable String project,
        @Nullable String role,
        @Nullable String account,
        String description,

        @Schema(
                description =
                        "active, superseded, revoked, expired (its end has come, or the policy on tokens ended it) or"
                                + " pending")
        String state,

        String createdAt,
        String createdBy,

        @Schema(description = "Left out: from when it was created") @Nullable
        String notBefore,

        @Schema(description = "Left out: it has no end") @Nullable
        String expiresAt,

        @Schema(
                description =
                        "From when on it counts no more if nobody uses or changes it, by its own end or by the policy on"
                                + " tokens; left out: it has no end, or was revoked or superseded. Told by the list and by the"
                                + " view of one token")
        @Nullable
        String endsAt,

        @Schema(
                description =
                        "Why it ends then: expiry, its own end; age, the ceiling of the policy; inactivity, nobody used it")
        @Nullable
        String endsBy,

        @Schema(description = "true: it ends within warnBeforeSeconds of the policy on tokens; told as endsAt is")
        @Nullable
        Boolean endsSoon,

        @Schema(description = "Exact") @Nullable String firstUsedAt,
        @Schema(description = "At most 30 s old") @Nullable String lastUsedAt,
        @Nullable String lastUsedFrom,
        @Nullable String lastUsedBy,

        @Schema(description = "The id of the first of those that came of one by rotation")
        String family,

        @Nullable String predecessor,
        @Nullable String successor,

        @Schema(description = "Of a superseded token: until when it counts, or when it was closed") @Nullable
        String overlapEndsAt,

        @Nullable RestrictionsView restrictions,

        @Schema(description = "Requests made so far, where they are limited") @Nullable
        Integer uses,

        @Nullable String revokedAt,
        @Nullable String revokedBy,
        @Nullable String reason,

        @Schema(description = "The secret, in the reply that makes it and in no other") @Nullable
        String token,

        @Schema(description = "In the reply to a rotation: until when the predecessor counts at the latest") @Nullable
        String predecessorEndsAt) {

    @Serdeable
    @Schema(name = "TokenRestrictions")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record RestrictionsView(
            @Schema(description = "CIDR, IPv4 or IPv6") List<String> networks,

            @Schema(description = "resource, action, object; each a glob")
            List<String> permissions,

            @Nullable Integer maxUses) {
        static @Nullable RestrictionsView of(Restrictions restrictions) {
            if (restrictions.equals(Restrictions.NONE)) return null;
            Limits limits = restrictions.limits();
            return new RestrictionsView(
                    limits.networks().stream().map(SourceNetwork::text).toList(),
                    limits.permissions().stream().map(Permission::text).toList(),
                    restrictions.maxUses().orElse(null));
        }
    }

    /** @param policy that holds for it */
    static TokenItem of(ApiToken token, KindPolicy policy, Instant now) {
        return of(
                token,
                token.standingAt(now, policy),
                policy.firstEndOf(token),
                policy.warnsOf(token, now).isPresent(),
                null,
                Optional.empty());
    }

    /** One that was made just now, with what only that reply shows. */
    static TokenItem made(ApiToken token, String secret, Optional<Instant> predecessorEndsAt) {
        return of(token, token.standingAt(token.issuedAt()), Optional.empty(), false, secret, predecessorEndsAt);
    }

    private static TokenItem of(
            ApiToken token,
            ApiToken.Standing standing,
            Optional<TokenEnd> end,
            boolean endsSoon,
            @Nullable String secret,
            Optional<Instant> predecessorEndsAt) {
        TokenSubject.@Nullable OfProjectRole role =
                token.subject() instanceof TokenSubject.OfProjectRole each ? each : null;
        TokenSubject.@Nullable OfAccount account = token.subject() instanceof TokenSubject.OfAccount each ? each : null;
        ApiToken.State.@Nullable Revoked revoked = token.state() instanceof ApiToken.State.Revoked each ? each : null;
        // What was ended tells when and why elsewhere.
        Optional<TokenEnd> shown = end.filter(any -> token.state() instanceof ApiToken.State.Live);
        return new TokenItem(
                token.id().value(),
                token.name().value(),
                TokenFilter.Kind.of(token.subject()).word(),
                account == null ? token.subject().claim() : account.name().value(),
                role == null ? null : role.project().value(),
                role == null ? null : role.role().value(),
                account == null ? null : account.name().value(),
                token.description(),
                standing.word(),
                token.issuedAt().toString(),
                token.createdBy(),
                token.notBefore().equals(token.issuedAt())
                        ? null
                        : token.notBefore().toString(),
                text(token.expiresAt()),
                text(shown.map(TokenEnd::at)),
                shown.map(each -> each.reason().word()).orElse(null),
                endsSoon ? true : null,
                text(token.uses().firstAt()),
                text(token.lastUse().map(LastUse::at)),
                token.lastUse().map(LastUse::address).orElse(null),
                token.lastUse().map(LastUse::userAgent).orElse(null),
                token.lineage().family().value(),
                token.lineage().predecessor().map(TokenId::value).orElse(null),
                token.lineage().successor().map(TokenId::value).orElse(null),
                token.state() instanceof ApiToken.State.Superseded ? text(token.countsUntil()) : null,
                RestrictionsView.of(token.restrictions()),
                token.restrictions()
                        .maxUses()
                        .map(each -> token.uses().counted())
                        .orElse(null),
                revoked == null ? null : revoked.at().toString(),
                revoked == null ? null : revoked.by(),
                revoked == null ? null : revoked.reason(),
                secret,
                text(predecessorEndsAt));
    }

    private static @Nullable String text(Optional<Instant> moment) {
        return moment.map(Instant::toString).orElse(null);
    }

    @Override
    public String toString() {
        return "TokenItem[" + id + "]";
    }
}
