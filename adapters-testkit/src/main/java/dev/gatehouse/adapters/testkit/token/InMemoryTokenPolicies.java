package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PolicyEnding;
import dev.gatehouse.domain.token.TokenPolicies;
import dev.gatehouse.domain.token.TokenPolicy;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Policies on tokens in memory. */
public final class InMemoryTokenPolicies implements TokenPolicies {
    private final InMemoryStore store;
    private final InMemoryStore.Table<Optional<ProjectId>, TokenPolicy> rows;
    private final InMemoryStore.Table<Optional<ProjectId>, Optional<ProjectId>> keys;
    private final InMemoryStore.Table<Optional<ProjectId>, PolicyEnding> endings;

    public InMemoryTokenPolicies(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
        this.keys = store.table();
        this.endings = store.table();
    }

    @Override
    public Optional<TokenPolicy> find(Optional<ProjectId> project) {
        return rows.find(project);
    }

    @Override
    public TokenPolicySnapshot all() {
        return new TokenPolicySnapshot(
                find(Optional.empty()).orElse(TokenPolicy.LENIENT),
                keys.all().stream()
                        .flatMap(Optional::stream)
                        .collect(Collectors.toMap(
                                each -> each, each -> find(Optional.of(each)).orElse(TokenPolicy.LENIENT))));
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
            keys.put(project, project);
            return next;
        });
    }

    @Override
    public void begin(PolicyEnding ending) {
        store.write(() -> {
            Optional<ProjectId> project = ending.project().map(PolicyEnding.Scope::id);
            if (endings.find(project).isPresent())
                throw new Refusal.Conflict(Refusal.Conflict.Reason.STALE, TokenPolicy.KIND, "");
            endings.put(project, ending);
            return ending;
        });
    }

    @Override
    public List<PolicyEnding> endings() {
        return endings.all().stream()
                .sorted(Comparator.comparing(PolicyEnding::at))
                .toList();
    }

    @Override
    public boolean finish(PolicyEnding ending) {
        return store.write(() -> {
            Optional<ProjectId> project = ending.project().map(PolicyEnding.Scope::id);
            boolean open = endings.find(project).equals(Optional.of(ending));
            if (open) endings.remove(project);
            return open;
        });
    }
}
