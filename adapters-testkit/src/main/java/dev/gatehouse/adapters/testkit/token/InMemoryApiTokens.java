package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Tokens in memory. */
public final class InMemoryApiTokens implements ApiTokens {
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
                .filter(each -> isOf(subject, each) && each.name().equals(name))
                .findFirst();
    }

    @Override
    public List<ApiToken> unrevokedOf(TokenSubject subject) {
        return unrevoked(each -> isOf(subject, each));
    }

    @Override
    public List<ApiToken> unrevokedOfProject(TokenSubject.OfProjectRole project) {
        return unrevoked(each -> each.subject() instanceof TokenSubject.OfProjectRole role
                && role.id().equals(project.id()));
    }

    private List<ApiToken> unrevoked(Predicate<ApiToken> wanted) {
        return rows.all().stream()
                .filter(wanted)
                .filter(each -> !each.isRevoked())
                .sorted(Comparator.comparing(ApiToken::issuedAt)
                        .reversed()
                        .thenComparing(each -> each.id().value()))
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
                        token.id().value());
            rows.put(token.id(), token);
            return true;
        });
    }

    @Override
    public boolean revoke(TokenId id, Instant now, String by) {
        return store.write(
                () -> rows.find(id).filter(each -> end(each, now, by)).isPresent());
    }

    @Override
    public int revokeAllOf(TokenSubject subject, Instant now, String by) {
        return store.write(() -> (int) rows.all().stream()
                .filter(each -> isOf(subject, each))
                .filter(each -> end(each, now, by))
                .count());
    }

    private boolean end(ApiToken token, Instant now, String by) {
        if (token.isRevoked()) return false;
        rows.put(token.id(), token.revoke(now, by));
        return true;
    }

    private static boolean isOf(TokenSubject subject, ApiToken token) {
        return switch (subject) {
            case TokenSubject.OfAccount account ->
                token.subject() instanceof TokenSubject.OfAccount other
                        && other.id().equals(account.id());
            case TokenSubject.OfProjectRole role ->
                token.subject() instanceof TokenSubject.OfProjectRole other
                        && other.id().equals(role.id())
                        && other.role().equals(role.role());
        };
    }

    @Override
    public Set<TokenId> used(Map<TokenId, LastUse> uses) {
        return store.write(() -> {
            Set<TokenId> unknown = new HashSet<>();
            uses.forEach((id, use) ->
                    rows.find(id).ifPresentOrElse(each -> rows.put(id, each.used(use)), () -> unknown.add(id)));
            return unknown;
        });
    }
}
