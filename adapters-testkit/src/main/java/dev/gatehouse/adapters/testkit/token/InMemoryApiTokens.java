package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Tokens in memory. */
public final class InMemoryApiTokens implements ApiTokens {
    private static final Comparator<ApiToken> NEWEST_FIRST = Comparator.comparing(ApiToken::issuedAt)
            .reversed()
            .thenComparing(each -> each.id().value());

    private final InMemoryStore store;
    private final InMemoryStore.Table<TokenId, ApiToken> rows;

    public InMemoryApiTokens(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public Optional<ApiToken> find(TokenId id) {
        return rows.find(id);
    }

    @Override
    public Optional<ApiToken> named(TokenSubject subject, TokenName name) {
        return rows.all().stream()
                .filter(each -> each.name().equals(name) && each.subject().equals(subject))
                .findFirst();
    }

    @Override
    public List<ApiToken> unrevokedOf(TokenSubject subject) {
        return unrevoked(each -> each.subject().equals(subject));
    }

    @Override
    public List<ApiToken> unrevokedOfProject(TokenSubject.OfProjectRole project) {
        return unrevoked(each -> each.subject() instanceof TokenSubject.OfProjectRole role
                && role.id().equals(project.id()));
    }

    private List<ApiToken> unrevoked(Predicate<ApiToken> wanted) {
        return rows.all().stream()
                .filter(each -> !each.isRevoked() && wanted.test(each))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    @Override
    public void insert(ApiToken token) {
        store.write(() -> {
            if (rows.find(token.id()).isPresent()
                    || named(token.subject(), token.name()).isPresent())
                throw new Refusal.Conflict(
                        Refusal.Conflict.Reason.ALREADY_EXISTS,
                        ApiToken.KIND,
                        token.name().value());
            rows.put(token.id(), token);
            return true;
        });
    }

    @Override
    public boolean revoke(TokenId id, Instant now, String by) {
        return store.write(() -> {
            Optional<ApiToken> live = rows.find(id).filter(each -> !each.isRevoked());
            live.ifPresent(each -> rows.put(id, each.revoke(now, by)));
            return live.isPresent();
        });
    }

    @Override
    public int revokeAllOf(TokenSubject subject, Instant now, String by) {
        return store.write(() -> {
            List<ApiToken> live = unrevokedOf(subject);
            for (ApiToken each : live) rows.put(each.id(), each.revoke(now, by));
            return live.size();
        });
    }
}
