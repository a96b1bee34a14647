package dev.gatehouse.adapters.rest.account;

import dev.gatehouse.adapters.rest.Rehearsal;
import dev.gatehouse.application.account.ManagingAccounts.Kept;
import dev.gatehouse.application.account.ManagingAccounts.Rehearsed;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.token.ApiToken;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account as Argo CD shows it, with what we know besides; what is empty or false is left out. */
@Serdeable
@Schema(name = "Account")
record AccountView(
        String name,
        @Nullable Boolean enabled,
        List<String> capabilities,
        List<TokenView> tokens,
        String description,
        String createdAt,

        @Schema(description = "Of the last sign-in with a password") @Nullable
        String lastLoginAt,

        @Schema(description = "Somebody else set the password; a sign-in is good for setting another and nothing else")
        @Nullable
        Boolean passwordChangeRequired,

        String resourceVersion,

        @Schema(description = "Of a rehearsal") Rehearsal.@Nullable Ends ends,

        @Nullable Boolean dryRun) {

    static AccountView of(Kept kept) {
        return of(kept, null);
    }

    /** As it would be. */
    static AccountView of(Rehearsed rehearsed) {
        return of(
                rehearsed.account(),
                new Rehearsal.Ends(rehearsed.ends().sessions(), rehearsed.ends().tokens()));
    }

    private static AccountView of(Kept kept, Rehearsal.@Nullable Ends ends) {
        Account account = kept.account();
        return new AccountView(
                account.name().value(),
                account.enabled() ? true : null,
                account.orderedCapabilities().stream().map(Capability::word).toList(),
                kept.tokens().stream().map(TokenView::of).toList(),
                account.description(),
                account.createdAt().toString(),
                account.lastLoginAt().map(Instant::toString).orElse(null),
                account.passwordChangeRequired() ? true : null,
                Integer.toString(account.version()),
                ends,
                ends == null ? null : true);
    }

    /** A token that was not ended. */
    @Serdeable
    @Schema(name = "AccountToken")
    record TokenView(String id, long issuedAt, @Nullable Long expiresAt) {
        static TokenView of(ApiToken token) {
            return new TokenView(
                    token.name().value(),
                    token.issuedAt().getEpochSecond(),
                    token.expiresAt().map(Instant::getEpochSecond).orElse(null));
        }
    }

    /** Absent when there are none. */
    @Serdeable
    @Schema(name = "AccountsList")
    record ListView(List<AccountView> items) {}
}
