package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
    public void insert(Account account) {
        store.write(() -> {
            if (rows.find(account.name()).isPresent()) throw conflict(Reason.ALREADY_EXISTS, account);
            rows.put(account.name(), account);
            return true;
        });
    }

    @Override
    public Account update(Account account) {
        return store.write(() -> {
            boolean current = rows.find(account.name())
                    .filter(each -> each.id().equals(account.id()) && each.version() == account.version())
                    .isPresent();
            if (!current) throw conflict(Reason.STALE, account);
            Account next = account.nextVersion();
            rows.put(account.name(), next);
            return next;
        });
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
