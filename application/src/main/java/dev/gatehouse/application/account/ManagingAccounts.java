package dev.gatehouse.application.account;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.token.ApiToken;
import java.util.List;
import java.util.Optional;

/** What keepers of accounts do, and everybody with their own (Argo CD contract 3, Gatehouse contract 3). */
public interface ManagingAccounts {
    /** Those the caller may see, by name. */
    List<Kept> list(Caller caller);

    /**
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden when it is not the caller's own, without {@code accounts, get,
     *     name}, whether or not it exists
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when the caller may know that
     */
    Kept get(Caller caller, String name);

    /**
     * Blocks while a password is hashed.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code accounts, create, name}
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when the name is taken
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when name, capability, description or password breaks a rule
     */
    Kept create(Caller caller, NewAccount command);

    /**
     * Sets a password: the caller's own, or another's with {@code accounts, update, name}. Ends the account's sessions,
     * not its tokens (D7). Blocks while passwords are hashed.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when the current password is not the caller's, or the new one
     *     breaks a rule
     */
    void changePassword(Caller caller, PasswordChange command);

    /**
     * An account as keepers see it.
     *
     * @param tokens those that are not revoked, the newest first
     */
    record Kept(Account account, List<ApiToken> tokens) {}

    /** @param password absent: the account cannot sign in until it has one */
    record NewAccount(
            String name,
            List<String> capabilities,
            boolean enabled,
            String description,
            Optional<PlainPassword> password) {}

    /**
     * @param name whose; empty: the caller's own
     * @param current the caller's own
     */
    record PasswordChange(String name, PlainPassword current, PlainPassword replacement) {}
}
