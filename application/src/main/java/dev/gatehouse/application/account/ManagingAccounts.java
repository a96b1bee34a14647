package dev.gatehouse.application.account;

import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import java.time.Instant;
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
     * Makes an account. The same request with the same key gives the account that it made, as it is by then; to who may not
     * see it, as it was. Blocks while a password is hashed.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code accounts, create, name}
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when the name is taken, or the account that the
     *     same request made is gone
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when another name differs by letter case only, or the policy gives
     *     this one rights already and the caller may not change the policy
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when name, capability, description or password breaks a rule
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent sign-in
     */
    Kept create(Caller caller, NewAccount command);

    /**
     * Changes what an account may hold. What it loses ends at once and for good: all sessions and tokens of one that is
     * disabled, the sessions of one that may not sign in any more, the tokens of one that may not hold any (D7).
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code accounts, update, name}
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when the version is absent, or nobody would be left who can sign
     *     in and change the policy
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when it was changed since that version
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent
     *     sign-in and the account gets something
     */
    Kept change(Caller caller, Change command);

    /** What {@link #change} would come to; refuses as that does, but asks nobody to sign in again. Changes nothing. */
    Rehearsed rehearseChange(Caller caller, Change command);

    /**
     * Removes an account; its sessions and tokens end at once and for good, also for a later account of its name.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code accounts, delete, name}
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when nobody would be left who can sign in and change the policy
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent sign-in
     */
    void delete(Caller caller, String name);

    /** What {@link #delete} would end; refuses as that does, but asks nobody to sign in again. Changes nothing. */
    Ends rehearseDeletion(Caller caller, String name);

    /**
     * Sets somebody else's password without knowing one: for administrators. Until its holder has set another, signing in is good
     * for that alone, and ends being so after {@link dev.gatehouse.domain.account.PasswordRules#toChange}. Ends the
     * account's sessions, and its tokens when asked. Blocks while the password is hashed.
     *
     * @return the password that was made, to be shown once; absent when one was sent
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code accounts, update, name}
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when it is one's own: that takes the current one, by {@link
     *     #changePassword}
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when the new one breaks a rule
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent sign-in
     */
    Optional<Generated> resetPassword(Caller caller, PasswordReset command);

    /**
     * What {@link #resetPassword} would end; refuses as that does, but hashes nothing and asks nobody to sign in again.
     * Changes nothing.
     */
    Ends rehearseReset(Caller caller, PasswordReset command);

    /**
     * A password that the service made.
     *
     * @param endsAt when it ends, if its holder does not change it before
     */
    record Generated(PlainPassword password, Instant endsAt) {}

    /**
     * Sets a password: the caller's own, or, as {@link #resetPassword} does, another's with {@code accounts, update, name}.
     * Ends the account's sessions, and its tokens when asked (D7). Blocks while passwords are hashed.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when the current password is not the caller's, or the new one
     *     breaks a rule
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when it is another's, and the caller's own has to be changed first
     */
    void changePassword(Caller caller, PasswordChange command);

    /** @param account as it would be */
    record Rehearsed(Kept account, Ends ends) {}

    /**
     * What would end for good.
     *
     * @param sessions how many
     * @param tokens how many that count, or will from some moment on
     */
    record Ends(long sessions, long tokens) {}

    /**
     * An account as keepers see it.
     *
     * @param tokens those that are not revoked, the newest first; the newest {@link ApiTokens#MOST_SHOWN} only
     */
    record Kept(Account account, List<ApiToken> tokens) {}

    /**
     * @param password absent: the account cannot sign in until it has one
     * @param passwordChangeRequired whether its holder has to set another before anything else
     * @param repetition absent: each request makes another
     */
    record NewAccount(
            String name,
            List<String> capabilities,
            boolean enabled,
            String description,
            Optional<PlainPassword> password,
            boolean passwordChangeRequired,
            Optional<Repetition> repetition) {

        /** One whose holder may keep the password. */
        public NewAccount(
                String name,
                List<String> capabilities,
                boolean enabled,
                String description,
                Optional<PlainPassword> password) {
            this(name, capabilities, enabled, description, password, false, Optional.empty());
        }
    }

    /**
     * @param capabilities all that it has from then on
     * @param version at which it was read
     */
    record Change(
            String name, List<String> capabilities, boolean enabled, String description, Optional<Integer> version) {}

    /**
     * @param replacement absent: the service makes one, so that nobody chooses it for its holder (ASVS 5.0 6.4.6)
     * @param revokeTokens whether the account's tokens end, too
     */
    record PasswordReset(String name, Optional<PlainPassword> replacement, boolean revokeTokens) {
        public PasswordReset(String name, PlainPassword replacement, boolean revokeTokens) {
            this(name, Optional.of(replacement), revokeTokens);
        }
    }

    /**
     * @param name whose; empty: the caller's own
     * @param current the caller's own
     * @param revokeTokens whether the account's tokens end, too
     */
    record PasswordChange(String name, PlainPassword current, PlainPassword replacement, boolean revokeTokens) {
        /** One that leaves the tokens. */
        public PasswordChange(String name, PlainPassword current, PlainPassword replacement) {
            this(name, current, replacement, false);
        }
    }
}
