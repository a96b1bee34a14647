package dev.gatehouse.domain.account;

import java.util.List;
import java.util.Optional;

/** The accounts of this service. Names are unique; their letter case counts. */
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
     * Adds an account.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code ALREADY_EXISTS} when the name is taken
     */
    void insert(Account account);

    /**
     * Replaces the account of this id, if its stored version is still this one.
     *
     * @return what is stored now: the same with the next version
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code STALE} when it was changed or removed meanwhile
     */
    Account update(Account account);

    /**
     * Removes the account of this id, if its stored version is still this one. Its name may be given to another.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code STALE} when it was changed or removed meanwhile
     */
    void delete(Account account);
}
