package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.TokenEnd;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenPlace;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tokens in memory. */
public final class InMemoryApiTokens implements ApiTokens {
    private static final Comparator<ApiToken> NEWEST_FIRST = Comparator.comparing(ApiToken::issuedAt)
            .reversed()
            .thenComparing(each -> each.id().value());

    private final InMemoryStore store;
    private final InMemoryStore.Table<TokenId, ApiToken> rows;
    private final InMemoryStore.Table<TokenId, ApiToken> removed;
    private final InMemoryStore.Table<TokenId, Instant> warned;

    public InMemoryApiTokens(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
        this.removed = store.table();
        this.warned = store.table();
    }

    @Override
    public Optional<ApiToken> find(TokenId id) {
        return rows.find(id);
    }

    @Override
    public Optional<ApiToken> hold(TokenId id) {
        return store.write(() -> rows.find(id));
    }

    @Override
    public Page<ApiToken> find(TokenFilter filter, PageRequest page) {
        Optional<TokenPlace> place = page.after().map(TokenPlace::read);
        List<ApiToken> behind = rows.all().stream()
                .filter(filter::wants)
                .filter(each -> place.isEmpty() || place.get().isBefore(each))
                .sorted(NEWEST_FIRST)
                .limit(page.limit() + 1L)
                .toList();
        if (behind.size() <= page.limit()) return new Page<>(behind, Optional.empty());
        List<ApiToken> items = behind.subList(0, page.limit());
        return new Page<>(items, Optional.of(TokenPlace.behind(items.getLast()).text()));
    }

    @Override
    public List<ApiToken> holdFree(Set<TokenId> families) {
        return store.write(() -> rows.all().stream()
                .filter(each -> families.contains(each.lineage().family()))
                .toList());
    }

    @Override
    public int remove(Set<TokenId> ids, Instant now) {
        return store.write(() -> {
            int found = 0;
            for (TokenId each : ids) {
                Optional<ApiToken> token = rows.find(each);
                if (token.isEmpty()) continue;
                removed.put(each, token.get());
                rows.remove(each);
                found++;
            }
            return found;
        });
    }

    @Override
    public long count(TokenFilter filter) {
        return rows.all().stream().filter(filter::wants).count();
    }

    @Override
    public int countLive(TokenSubject subject, KindPolicy policy, Instant now, int most) {
        return (int) rows.all().stream()
                .filter(each -> isOf(subject, each)
                        && each.state() instanceof ApiToken.State.Live
                        && each.standingAt(now, policy) != ApiToken.Standing.EXPIRED)
                .limit(most)
                .count();
    }

    @Override
    public int countOpen(TokenSubject subject, KindPolicy policy, Instant now, int most) {
        return (int) rows.all().stream()
                .filter(each -> isOf(subject, each)
                        && each.state() instanceof ApiToken.State.Superseded
                        && each.countsUntil().filter(now::isBefore).isPresent()
                        && !policy.endedBy(now, each))
                .limit(most)
                .count();
    }

    @Override
    public Map<String, Long> countLiveByKey(TokenPolicySnapshot policies, Instant now) {
        return rows.all().stream()
                .filter(each -> each.signedBy().isPresent()
                        && !each.isRevoked()
                        && each.countsUntil().map(now::isBefore).orElse(true)
                        && !policies.of(each.subject()).endedBy(now, each))
                .collect(Collectors.groupingBy(each -> each.signedBy().orElseThrow(), Collectors.counting()));
    }

    @Override
    public Optional<ApiToken> named(TokenSubject subject, TokenName name) {
        return rows.all().stream()
                .filter(each -> isOf(subject, each) && each.name().equals(name))
                .findFirst();
    }

    @Override
    public List<ApiToken> unrevokedOf(TokenSubject subject, int most) {
        return unrevoked(each -> isOf(subject, each), most);
    }

    @Override
    public List<ApiToken> unrevokedOfProject(TokenSubject.OfProjectRole project, int most) {
        return unrevoked(
                each -> each.subject() instanceof TokenSubject.OfProjectRole role
                        && role.id().equals(project.id()),
                most);
    }

    @Override
    public List<ApiToken> unrevokedOf(TokenSubject subject, long second, int most) {
        return unrevoked(each -> isOf(subject, each) && each.issuedAt().getEpochSecond() == second, most);
    }

    @Override
    public int givenInProject(TokenSubject.OfProjectRole project) {
        return (int) Stream.concat(rows.all().stream(), removed.all().stream())
                .filter(each -> each.subject() instanceof TokenSubject.OfProjectRole role
                        && role.id().equals(project.id()))
                .count();
    }

    private List<ApiToken> unrevoked(Predicate<ApiToken> wanted, int most) {
        return rows.all().stream()
                .filter(wanted)
                .filter(each -> !each.isRevoked())
                .sorted(NEWEST_FIRST)
                .limit(most)
                .toList();
    }

    @Override
    public void insert(ApiToken token) {
        store.write(() -> {
            boolean taken = rows.find(token.id()).isPresent()
                    || removed.find(token.id()).isPresent()
                    || named(token.subject(), token.name()).isPresent()
                    || removed.all().stream()
                            .anyMatch(each ->
                                    isOf(token.subject(), each) && each.name().equals(token.name()));
            if (taken)
                throw new Refusal.Conflict(
                        Refusal.Conflict.Reason.ALREADY_EXISTS,
                        ApiToken.KIND,
                        token.id().value());
            rows.put(token.id(), token);
            return true;
        });
    }

    @Override
    public boolean revoke(TokenId id, Instant now, String by, String reason) {
        return store.write(
                () -> rows.find(id).filter(each -> end(each, now, by, reason)).isPresent());
    }

    @Override
    public List<TokenId> revokeFamily(TokenId family, Instant now, String by, String reason) {
        return store.write(() -> rows.all().stream()
                .filter(each -> each.lineage().family().equals(family))
                .filter(each -> end(each, now, by, reason))
                .map(ApiToken::id)
                .toList());
    }

    @Override
    public boolean supersede(ApiToken superseded) {
        return store.write(() ->
                change(superseded.id(), each -> each.state() instanceof ApiToken.State.Live ? superseded : each));
    }

    @Override
    public boolean firstUse(TokenId id, Instant now) {
        return store.write(() -> change(id, each -> each.isRevoked() ? each : each.firstUsed(now)));
    }

    @Override
    public int closeBefore(TokenId family, int generation, Instant now) {
        return store.write(() -> (int) rows.all().stream()
                .filter(each ->
                        each.lineage().family().equals(family) && each.lineage().generation() < generation)
                .filter(each -> change(each.id(), open -> open.closedByUse(now)))
                .count());
    }

    @Override
    public boolean countUse(TokenId id) {
        return store.write(() -> change(
                id,
                each -> each.isRevoked() || isClosed(each)
                        ? each
                        : each.usedOnceMore().orElse(each)));
    }

    private static boolean isClosed(ApiToken token) {
        return token.state() instanceof ApiToken.State.Superseded superseded
                && superseded.closedAt().isPresent();
    }

    private boolean change(TokenId id, UnaryOperator<ApiToken> next) {
        Optional<ApiToken> before = rows.find(id);
        Optional<ApiToken> after = before.map(next);
        after.ifPresent(each -> rows.put(id, each));
        return !before.equals(after);
    }

    @Override
    public int revokeAllOf(TokenSubject subject, Instant now, String by) {
        return store.write(() -> (int) rows.all().stream()
                .filter(each -> isOf(subject, each))
                .filter(each -> end(each, now, by, ""))
                .count());
    }

    private boolean end(ApiToken token, Instant now, String by, String reason) {
        if (token.isRevoked()) return false;
        rows.put(token.id(), token.revoke(now, by, reason));
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
    public List<TokenId> revoke(TokenFilter filter, String after, int most, Instant now, String by, String reason) {
        return revoke(filter::wants, after, most, now, by, reason);
    }

    @Override
    public List<TokenId> revokeSignedBy(String kid, String after, int most, Instant now, String by, String reason) {
        return revoke(each -> each.signedBy().equals(Optional.of(kid)), after, most, now, by, reason);
    }

    private List<TokenId> revoke(
            Predicate<ApiToken> wanted, String after, int most, Instant now, String by, String reason) {
        return store.write(() -> {
            List<ApiToken> ended = rows.all().stream()
                    .filter(wanted)
                    .filter(each -> !each.isRevoked() && each.id().value().compareTo(after) > 0)
                    .sorted(Comparator.comparing(each -> each.id().value()))
                    .limit(most)
                    .toList();
            ended.forEach(each -> rows.put(each.id(), each.revoke(now, by, reason)));
            return ended.stream().map(ApiToken::id).toList();
        });
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

    @Override
    public boolean used(TokenId id, LastUse use) {
        return store.write(() -> {
            Optional<ApiToken> counted = rows.find(id).filter(each -> !each.isRevoked());
            counted.ifPresent(each -> rows.put(id, each.used(use)));
            return counted.isPresent();
        });
    }

    @Override
    public List<ApiToken> unwarned(TokenFilter filter, int most) {
        return rows.all().stream()
                .filter(filter::wants)
                .filter(each -> !isWarned(each.id(), filter.now()))
                .sorted(NEWEST_FIRST)
                .limit(most)
                .toList();
    }

    @Override
    public boolean warned(TokenId id, TokenEnd end, Instant now) {
        return store.write(() -> {
            if (rows.find(id).isEmpty() || isWarned(id, now)) return false;
            warned.put(id, end.at());
            return true;
        });
    }

    private boolean isWarned(TokenId id, Instant now) {
        return warned.find(id).filter(now::isBefore).isPresent();
    }
}
