package dev.gatehouse.adapters.testkit.access;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.shared.Refusal;

/** The global policy in memory. */
public final class InMemoryPolicies implements Policies {
    private static final String THE_ONLY = "global";

    private final InMemoryStore store;
    private final InMemoryStore.Table<String, PolicyDocument> rows;

    public InMemoryPolicies(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public PolicyDocument current() {
        return rows.find(THE_ONLY).orElse(PolicyDocument.FIRST);
    }

    @Override
    public int version() {
        return current().version();
    }

    @Override
    public int hold() {
        return store.write(this::version);
    }

    @Override
    public PolicyDocument update(PolicyDocument document) {
        return store.write(() -> {
            if (current().version() != document.version())
                throw new Refusal.Conflict(Refusal.Conflict.Reason.STALE, PolicyDocument.KIND, THE_ONLY);
            PolicyDocument next = document.nextVersion();
            rows.put(THE_ONLY, next);
            return next;
        });
    }
}
