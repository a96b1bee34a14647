package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.adapters.testkit.shared.TransactionsContract;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.Username;
import java.util.Optional;
import java.util.Set;

/** Accounts in every state of their life. Each has a name and an id that nobody else has, unless one is given. */
public final class AccountFixtures {
    private AccountFixtures() {}

    /** An enabled account with all capabilities and no password. */
    public static Account anAccount() {
        return anAccount(aUsername().value());
    }

    /** The same, of this name. */
    public static Account anAccount(String name) {
        return Account.open(
                anAccountId(),
                new Username(name),
                Set.of(Capability.LOGIN, Capability.API_KEY),
                true,
                "for tests",
                Samples.NOW);
    }

    /** An account with this description, as one that was stored before descriptions were checked. */
    public static Account anAccountDescribedAs(String description) {
        return new Account(
                anAccountId(),
                aUsername(),
                Set.of(),
                true,
                description,
                Optional.empty(),
                Optional.empty(),
                false,
                Samples.NOW,
                false,
                Optional.empty(),
                0);
    }

    /** An account that has a password. */
    public static Account anAccountWithPassword() {
        return anAccount().withPassword(new PasswordHash("$fake$" + Samples.unique()), Samples.NOW);
    }

    /** An account that cannot sign in and can hold tokens. */
    public static Account aServiceAccount() {
        return Account.open(anAccountId(), aUsername(), Set.of(Capability.API_KEY), true, "", Samples.NOW);
    }

    /** An account whose sessions and tokens do not count. */
    public static Account aDisabledAccount() {
        return Account.open(anAccountId(), aUsername(), Set.of(Capability.LOGIN), false, "", Samples.NOW);
    }

    public static AccountId anAccountId() {
        return new AccountId(Samples.unique());
    }

    /** A name of 31 characters. */
    public static Username aUsername() {
        return new Username("u" + Samples.unique().replace("-", "").substring(2));
    }

    /** A new account, for {@link TransactionsContract#rows()}. */
    public static TransactionsContract.Row aRow(Accounts accounts) {
        Account account = anAccount();
        return new TransactionsContract.Row() {
            @Override
            public void write() {
                accounts.insert(account);
            }

            @Override
            public boolean isThere() {
                return accounts.find(account.name()).isPresent();
            }
        };
    }
}
