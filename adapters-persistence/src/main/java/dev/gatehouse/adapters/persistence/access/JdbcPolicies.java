package dev.gatehouse.adapters.persistence.access;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import jakarta.inject.Singleton;

/** One row, which the migration put there. */
@Singleton
final class JdbcPolicies implements Policies {
    private final Database database;

    JdbcPolicies(Database database) {
        this.database = database;
    }

    @Override
    public PolicyDocument current() {
        return database.first("select " + PolicyRow.COLUMNS + " from policy", PolicyRow::read)
                .map(PolicyRow::toDomain)
                .orElseThrow(() -> new IllegalStateException("the row of the policy is gone"));
    }

    @Override
    public PolicyDocument update(PolicyDocument document) {
        PolicyRow next = PolicyRow.of(document.nextVersion());
        int changed = database.write(
                "update policy set csv = ?, default_role = ?, scopes = ?, version = ? where version = ?",
                next.csv(),
                next.defaultRole(),
                next.scopes(),
                next.version(),
                document.version());
        if (changed == 0) throw new Refusal.Conflict(Reason.STALE, PolicyDocument.KIND, "global");
        return document.nextVersion();
    }
}
