package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.TokenPolicies;
import dev.gatehouse.domain.token.TokenPolicy;
import java.util.Optional;

/** Policies on tokens in memory. */
public final class InMemoryTokenPolicies implements TokenPolicies {
    private final InMemoryStore store;
    private final InMemoryStore.Table<Optional<ProjectId>, TokenPolicy> rows;

    public InMemoryTokenPolicies(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public Optional<TokenPolicy> find(Optional<ProjectId> project) {
        return rows.find(project);
    }

    @Override
    public Optional<TokenPolicy> hold(Optional<ProjectId> project) {
        return store.write(() -> rows.find(project));
    }

    @Override
    public TokenPolicy store(Optional<ProjectId> project, TokenPolicy policy) {
        return store.write(() -> {
            if (find(project).map(TokenPolicy::version).orElse(0) != policy.version())
                throw new Refusal.Conflict(Refusal.Conflict.Reason.STALE, TokenPolicy.KIND, "");
            TokenPolicy next = policy.at(policy.version() + 1);
            rows.put(project, next);
            return next;
        });
    }
}
