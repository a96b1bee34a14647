package dev.gatehouse.domain.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The accounts of this service. Letter case counts where one is looked for; but no two names differ by it alone, so that
 * none passes for another.
 */
public interface Accounts {
    /** The account of this name, as last committed or as written in this transaction. */
    Optional<Account> find(Username name);

    /**
     * As {@link #find}, and holds the account as it is until the transaction ends: who wants to change or remove it waits
     * that long. So what is given out in its name is either seen by whoever ends such things, or not given out. Several
     * may hold it at once. Outside a transaction it holds nothing.
     */
    Optional<Account> hold(Username name);

    /** Every account, by name in the order of its characters' code points. */
    List<Account> all();

    /**
     * How many accounts have a password hash of which form, also those that may not sign in: who asks about a name does
     * not know which it is. Reads all of them.
     */
    PasswordForms passwordForms();

    /**
     * Adds an account.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code ALREADY_EXISTS} when the name is taken, in whatever
     *     letter case
     */
    void insert(Account account);

    /**
     * Replaces the account of this id, if its stored version is still this one. The last sign-in stays as it is stored.
     *
     * @return what is stored now: the same with the next version
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code STALE} when it was changed or removed meanwhile
     */
    Account update(Account account);

    /**
     * Notes a sign-in: an earlier one than the last, or one of an account that is gone, changes nothing. The version stays.
     * Until the transaction ends, others that want to change the account wait, and those that hold it.
     */
    void signedIn(AccountId account, Instant at);

    /**
     * Puts another hash of the same password in the place of this one. The version stays, and so does the time at which
     * the password was set.
     *
     * @return whether it did; false, and nothing is changed, when the account has another hash by now or is gone
     */
    boolean replaceHash(AccountId account, PasswordHash old, PasswordHash replacement);

    /**
     * Removes the account of this id, if its stored version is still this one. Its name may be given to another.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code STALE} when it was changed or removed meanwhile
     */
    void delete(Account account);
}
