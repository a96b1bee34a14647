package dev.gatehouse.adapters.testkit.session;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.LastUse;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sessions in memory. */
public final class InMemorySessions implements Sessions {
    private final InMemoryStore store;
    private final InMemoryStore.Table<SessionId, Session> rows;

    public InMemorySessions(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return rows.find(id);
    }

    @Override
    public void insert(Session session) {
        store.write(() -> {
            if (rows.find(session.id()).isPresent())
                throw new Refusal.Conflict(
                        Refusal.Conflict.Reason.ALREADY_EXISTS,
                        Session.KIND,
                        session.id().value());
            rows.put(session.id(), session);
            return true;
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
