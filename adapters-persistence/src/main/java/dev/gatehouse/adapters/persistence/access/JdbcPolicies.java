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
                .orElseThrow(JdbcPolicies::gone);
    }

    @Override
    public int version() {
        return database.first("select version from policy", columns -> columns.number("version"))
                .orElseThrow(JdbcPolicies::gone);
    }

    @Override
    public int hold() {
        return database.first("select version from policy for update", columns -> columns.number("version"))
                .orElseThrow(JdbcPolicies::gone);
    }

    private static IllegalStateException gone() {
        return new IllegalStateException("the row of the policy is gone");
    }

    @Override
    public PolicyDocument update(PolicyDocument document) {
        PolicyRow next = PolicyRow.of(document.nextVersion());
        int changed = database.write(
                "update policy set csv = ?, extra = ?, default_role = ?, scopes = ?, match_mode = ?, version = ?"
                        + " where version = ?",
                next.csv(),
                next.extra(),
                next.defaultRole(),
                next.scopes(),
                next.matchMode(),
                next.version(),
                document.version());
        if (changed == 0) throw new Refusal.Conflict(Reason.STALE, PolicyDocument.KIND, "global");
        return document.nextVersion();
    }
}
