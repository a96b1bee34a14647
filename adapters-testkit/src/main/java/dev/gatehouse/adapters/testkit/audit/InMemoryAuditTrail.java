package dev.gatehouse.adapters.testkit.audit;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditFilter;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The audit in memory. */
public final class InMemoryAuditTrail implements AuditTrail {
    private final InMemoryStore store;
    private final InMemoryStore.Table<Long, Numbered> rows;
    /** Goes on when a transaction fails, as the databases' own counters do. */
    private final AtomicLong last = new AtomicLong();

    public InMemoryAuditTrail(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public void append(AuditEntry entry) {
        store.write(() -> {
            long sequence = last.incrementAndGet();
            rows.put(sequence, new Numbered(sequence, entry));
            return true;
        });
    }

    @Override
    public Page<Numbered> find(AuditFilter filter, PageRequest page) {
        List<Numbered> wanted = rows.all().reversed().stream()
                .filter(each -> filter.wants(each.entry()))
                .toList();
        int start = page.after().map(each -> behind(each, wanted)).orElse(0);
        int end = Math.min(start + page.limit(), wanted.size());
        List<Numbered> items = wanted.subList(start, end);
        return new Page<>(
                items,
                end == wanted.size()
                        ? Optional.empty()
                        : Optional.of(Long.toString(items.getLast().sequence())));
    }

    /** Nothing is ever removed, so a place that was given out still is an entry of this list. */
    private static int behind(String place, List<Numbered> wanted) {
        for (int i = 0; i < wanted.size(); i++)
            if (Long.toString(wanted.get(i).sequence()).equals(place)) return i + 1;
        throw new Refusal.Invalid("continue", PageRequest.Broken.CONTINUE);
    }
}
