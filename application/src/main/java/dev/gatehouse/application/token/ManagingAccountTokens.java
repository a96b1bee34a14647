package dev.gatehouse.application.token;

import dev.gatehouse.domain.access.Caller;

/** What keepers of an account's tokens do, and everybody with their own (Argo CD contract 3.4, 3.5). */
public interface ManagingAccountTokens {
    /**
     * Gives out a token.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden when the account is not the caller's own, without {@code
     *     accounts, update, name}, whether or not it exists
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when the account ever had a token of this name
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when the account cannot hold tokens
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld as {@link ManagingTokens#issue}
     */
    IssuedToken issue(Caller caller, String account, NewToken command);

    /**
     * Ends a token at once, by the name it was given.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden as {@link #issue}
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when there is none, or it was ended before
     */
    void revoke(Caller caller, String account, String name);
}
