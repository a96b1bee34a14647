package dev.gatehouse.adapters.persistence;

import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.LastUse;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes last uses into the tables that have the columns for it. */
@Singleton
public final class LastUses {
    private static final int AT_ONCE = 200;

    private final Database database;
    private final Transactions transactions;

    LastUses(Database database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * Writes each use unless a later one stands there, some hundred in one transaction.
     *
     * @param uses by the table's {@code id}
     * @return the ids of rows that are not there or that somebody else holds
     */
    public Set<String> write(String table, Map<String, LastUse> uses) {
        Set<String> passedOver = new HashSet<>();
        List<Map.Entry<String, LastUse>> all = new ArrayList<>(new TreeMap<>(uses).entrySet());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Map.Entry<String, LastUse>> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            passedOver.addAll(transactions.inTransaction(() -> writeSome(table, some)));
        }
        return passedOver;
    }

    private Set<String> writeSome(String table, List<Map.Entry<String, LastUse>> some) {
        @Nullable Object[] ids = some.stream().map(Map.Entry::getKey).toArray();
        // Whoever changes many rows takes them in another order than this: nobody may wait for anybody here.
        Set<String> free = new HashSet<>(database.list(
                "select id from " + table + " where id in (" + String.join(", ", Collections.nCopies(ids.length, "?"))
                        + ") order by id for update skip locked",
                columns -> columns.text("id"),
                ids));
        database.writeEach(
                "update " + table + " set last_used_at = ?, last_used_from = ?, last_used_by = ?"
                        + " where id = ? and (last_used_at is null or last_used_at < ?)",
                some.stream()
                        .filter(each -> free.contains(each.getKey()))
                        .map(each -> new @Nullable Object[] {
                            each.getValue().at(),
                            each.getValue().address(),
                            each.getValue().userAgent(),
                            each.getKey(),
                            each.getValue().at()
                        })
                        .toList());
        Set<String> passedOver = new HashSet<>();
        for (Map.Entry<String, LastUse> each : some) if (!free.contains(each.getKey())) passedOver.add(each.getKey());
        return passedOver;
    }
}
