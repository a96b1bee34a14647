package dev.gatehouse.adapters.testkit.session;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionPlace;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.LastUse;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Sessions in memory. */
public final class InMemorySessions implements Sessions {
    private static final Comparator<Session> NEWEST_FIRST = Comparator.comparing(Session::startedAt)
            .reversed()
            .thenComparing(each -> each.id().value());

    private final InMemoryStore store;
    private final InMemoryStore.Table<SessionId, Session> rows;
    private final InMemoryStore.Table<SessionId, String> signers;

    public InMemorySessions(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
        this.signers = store.table();
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return rows.find(id);
    }

    @Override
    public void insert(Session session, String kid) {
        store.write(() -> {
            if (rows.find(session.id()).isPresent())
                throw new Refusal.Conflict(
                        Refusal.Conflict.Reason.ALREADY_EXISTS,
                        Session.KIND,
                        session.id().value());
            rows.put(session.id(), session);
            signers.put(session.id(), kid);
            return true;
        });
    }

    @Override
    public void signed(SessionId id, String kid) {
        store.write(() -> {
            if (rows.find(id).isEmpty()) return false;
            signers.put(id, kid);
            return true;
        });
    }

    @Override
    public int endSignedBy(String kid, Instant now, Session.Reason reason) {
        return store.write(() ->
                (int) signedBy(kid, now).filter(each -> end(each, now, reason)).count());
    }

    @Override
    public long countSignedBy(String kid, Instant now) {
        return signedBy(kid, now).count();
    }

    private Stream<Session> signedBy(String kid, Instant now) {
        return rows.all().stream()
                .filter(each -> each.countsAt(now)
                        && signers.find(each.id()).filter(kid::equals).isPresent());
    }

    @Override
    public Page<Session> live(Wanted wanted, PageRequest page) {
        List<Session> all =
                rows.all().stream().filter(wanted::wants).sorted(NEWEST_FIRST).toList();
        List<Session> rest = page.after()
                .map(SessionPlace::of)
                .map(place -> all.stream().filter(place::isBefore).toList())
                .orElse(all);
        if (rest.size() <= page.limit()) return new Page<>(rest, Optional.empty());
        List<Session> items = rest.subList(0, page.limit());
        return new Page<>(items, Optional.of(SessionPlace.of(items.getLast()).text()));
    }

    @Override
    public long count(Wanted wanted) {
        return rows.all().stream().filter(wanted::wants).count();
    }

    @Override
    public List<Session> olderThanNewest(Wanted wanted, int newest) {
        return rows.all().stream()
                .filter(wanted::wants)
                .sorted(NEWEST_FIRST)
                .skip(newest)
                .toList()
                .reversed();
    }

    @Override
    public List<Session> liveOf(AccountId account, Instant now) {
        return rows.all().stream()
                .filter(each -> each.account().equals(account) && each.countsAt(now))
                .sorted(Comparator.comparing(Session::startedAt)
                        .thenComparing(each -> each.id().value()))
                .toList();
    }

    @Override
    public int endAll(Wanted wanted, Session.Reason reason) {
        return store.write(() -> (int) rows.all().stream()
                .filter(wanted::wants)
                .filter(each -> end(each, wanted.now(), reason))
                .count());
    }

    @Override
    public int purge(Instant endedBefore, int most) {
        return store.write(() -> {
            List<Session> over = rows.all().stream()
                    .filter(each -> each.endsAt().isBefore(endedBefore)
                            || (each.state() instanceof Session.State.Ended ended
                                    && ended.at().isBefore(endedBefore)))
                    .limit(most)
                    .toList();
            over.forEach(each -> {
                rows.remove(each.id());
                signers.remove(each.id());
            });
            return over.size();
        });
    }

    @Override
    public boolean end(SessionId id, Instant now, Session.Reason reason) {
        return store.write(
                () -> rows.find(id).filter(each -> end(each, now, reason)).isPresent());
    }

    @Override
    public int endAllOf(AccountId account, Instant now, Session.Reason reason) {
        return store.write(() -> (int) rows.all().stream()
                .filter(each -> each.account().equals(account))
                .filter(each -> end(each, now, reason))
                .count());
    }

    private boolean end(Session session, Instant now, Session.Reason reason) {
        if (session.state() instanceof Session.State.Ended) return false;
        rows.put(session.id(), session.end(now, reason));
        return true;
    }

    @Override
    public Set<SessionId> used(Map<SessionId, LastUse> uses) {
        return store.write(() -> {
            Set<SessionId> unknown = new HashSet<>();
            uses.forEach((id, use) ->
                    rows.find(id).ifPresentOrElse(each -> rows.put(id, each.used(use)), () -> unknown.add(id)));
            return unknown;
        });
    }
}
