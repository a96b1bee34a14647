package dev.gatehouse.adapters.testkit.audit;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditFilter;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The trail in memory. */
public final class InMemoryAuditTrail implements AuditTrail {
    private final InMemoryStore store;
    private final InMemoryStore.Table<Long, Numbered> rows;

    public InMemoryAuditTrail(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public void append(AuditEntry entry) {
        store.write(() -> {
            long next = rows.all().size() + 1L;
            rows.put(next, new Numbered(next, entry));
            return true;
        });
    }

    @Override
    public Page<Numbered> find(AuditFilter filter, PageRequest page) {
        long before = page.after().map(InMemoryAuditTrail::place).orElse(Long.MAX_VALUE);
        List<Numbered> wanted = rows.all().stream()
                .filter(each -> each.sequence() < before && filter.wants(each.entry()))
                .sorted(Comparator.comparingLong(Numbered::sequence).reversed())
                .limit(page.limit() + 1L)
                .toList();
        boolean more = wanted.size() > page.limit();
        List<Numbered> items = more ? wanted.subList(0, page.limit()) : wanted;
        return new Page<>(
                items, more ? Optional.of(Long.toString(items.getLast().sequence())) : Optional.empty());
    }

    private static long place(String after) {
        try {
            long place = Long.parseLong(after);
            if (place > 0) return place;
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Refusal.Invalid("continue", PageRequest.Broken.CONTINUE);
    }
}
