package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.PasswordForms;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Accounts in memory. */
public final class InMemoryAccounts implements Accounts {
    private final InMemoryStore store;
    private final InMemoryStore.Table<Username, Account> rows;

    public InMemoryAccounts(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public Optional<Account> find(Username name) {
        return rows.find(name);
    }

    @Override
    public Optional<Account> hold(Username name) {
        return store.write(() -> rows.find(name));
    }

    @Override
    public List<Account> all() {
        return rows.all().stream()
                .sorted(Comparator.comparing(each -> each.name().value()))
                .toList();
    }

    @Override
    public PasswordForms passwordForms() {
        return new PasswordForms(rows.all().stream()
                .flatMap(each -> each.password().stream())
                .collect(Collectors.groupingBy(PasswordHash::form, Collectors.counting())));
    }

    @Override
    public void insert(Account account) {
        store.write(() -> {
            String name = account.name().value();
            if (rows.all().stream().anyMatch(each -> each.name().value().equalsIgnoreCase(name)))
                throw conflict(Reason.ALREADY_EXISTS, account);
            rows.put(account.name(), account);
            return true;
        });
    }

    @Override
    public Account update(Account account) {
        return store.write(() -> {
            Account stored = rows.find(account.name())
                    .filter(each -> each.id().equals(account.id()) && each.version() == account.version())
                    .orElseThrow(() -> conflict(Reason.STALE, account));
            rows.put(account.name(), account.nextVersion().signedInLast(stored.lastLoginAt()));
            return account.nextVersion();
        });
    }

    @Override
    public void signedIn(AccountId account, Instant at) {
        store.write(() -> {
            of(account).ifPresent(each -> rows.put(each.name(), each.signedIn(at)));
            return true;
        });
    }

    @Override
    public boolean replaceHash(AccountId account, PasswordHash old, PasswordHash replacement) {
        return store.write(() -> {
            Optional<Account> same = of(account).filter(each -> each.password().equals(Optional.of(old)));
            same.ifPresent(each -> rows.put(each.name(), each.withBetterHash(replacement)));
            return same.isPresent();
        });
    }

    private Optional<Account> of(AccountId id) {
        return rows.all().stream().filter(each -> each.id().equals(id)).findFirst();
    }

    @Override
    public void delete(Account account) {
        store.write(() -> {
            boolean current = rows.find(account.name())
                    .filter(each -> each.id().equals(account.id()) && each.version() == account.version())
                    .isPresent();
            if (!current) throw conflict(Reason.STALE, account);
            rows.remove(account.name());
            return true;
        });
    }

    private static Refusal conflict(Reason reason, Account account) {
        return new Refusal.Conflict(reason, Account.KIND, account.name().value());
    }
}
