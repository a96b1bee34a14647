package dev.gatehouse.adapters.testkit.audit;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Transactions;

class InMemoryAuditTrailTest implements AuditTrailContract {
    private final InMemoryStore store = new InMemoryStore();
    private final AuditTrail auditTrail = new InMemoryAuditTrail(store);

    @Override
    public AuditTrail auditTrail() {
        return auditTrail;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
