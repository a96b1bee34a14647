package dev.gatehouse.adapters.persistence.account;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.DuplicateKey;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.PasswordForm;
import dev.gatehouse.domain.account.PasswordForms;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Singleton
final class JdbcAccounts implements Accounts {
    private final Database database;

    JdbcAccounts(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Account> find(Username name) {
        return database.first(
                        "select " + AccountRow.COLUMNS + " from account where name = ?", AccountRow::read, name.value())
                .map(AccountRow::toDomain);
    }

    @Override
    public Optional<Account> hold(Username name) {
        return database.first(
                        "select " + AccountRow.COLUMNS + " from account where name = ?" + database.holding(),
                        AccountRow::read,
                        name.value())
                .map(AccountRow::toDomain);
    }

    @Override
    public List<Account> all() {
        return database.list("select " + AccountRow.COLUMNS + " from account order by name", AccountRow::read).stream()
                .map(AccountRow::toDomain)
                .toList();
    }

    /** As {@link PasswordHash#form}: without the last two parts, and without anything where there are no two. */
    @Override
    public PasswordForms passwordForms() {
        Map<PasswordForm, Long> accounts = new HashMap<>();
        database.list("""
                        select form, count(*) as accounts
                        from (
                            select case
                                when password_hash like '$2%' then substring(password_hash, 1, 6)
                                else regexp_replace(password_hash, '([$][^$]*[$][^$]*|^[^$]*[$]{0,1}[^$]*)$', '')
                            end as form
                            from account where password_hash is not null
                        ) as forms
                        group by form""", columns -> Map.entry(new PasswordForm(columns.text("form")), columns.bigNumber("accounts")))
                .forEach(each -> accounts.put(each.getKey(), each.getValue()));
        return new PasswordForms(accounts);
    }

    @Override
    public void insert(Account account) {
        if (!database.insertIfAbsent(
                "account", AccountRow.COLUMNS, AccountRow.of(account).values()))
            throw conflict(Reason.ALREADY_EXISTS, account);
    }

    @Override
    public Account update(Account account) {
        AccountRow next = AccountRow.of(account.nextVersion());
        try {
            int changed = database.write(
                    """
                    update account
                    set name = ?, name_folded = ?, capabilities = ?, enabled = ?, description = ?, password_hash = ?,
                        password_changed_at = ?, password_change_required = ?, created_at = ?, version = ?
                    where id = ? and version = ?""",
                    next.name(),
                    next.nameFolded(),
                    next.capabilities(),
                    next.enabled(),
                    next.description(),
                    next.passwordHash(),
                    next.passwordChangedAt(),
                    next.passwordChangeRequired(),
                    next.createdAt(),
                    next.version(),
                    next.id(),
                    account.version());
            if (changed == 0) throw conflict(Reason.STALE, account);
        } catch (DuplicateKey e) {
            throw conflict(Reason.ALREADY_EXISTS, account);
        }
        return account.nextVersion();
    }

    @Override
    public void signedIn(AccountId account, Instant at) {
        database.write(
                "update account set last_login_at = greatest(coalesce(last_login_at, ?), ?) where id = ?",
                at,
                at,
                account.value());
    }

    @Override
    public boolean replaceHash(AccountId account, PasswordHash old, PasswordHash replacement) {
        return database.write(
                        "update account set password_hash = ? where id = ? and password_hash = ?",
                        replacement.encoded(),
                        account.value(),
                        old.encoded())
                == 1;
    }

    @Override
    public void delete(Account account) {
        int gone = database.write(
                "delete from account where id = ? and version = ?", account.id().value(), account.version());
        if (gone == 0) throw conflict(Reason.STALE, account);
    }

    private static Refusal conflict(Reason reason, Account account) {
        return new Refusal.Conflict(reason, Account.KIND, account.name().value());
    }
}
