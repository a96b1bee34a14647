package dev.gatehouse.application.session;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.LastUses;
import dev.gatehouse.application.access.TokenPolicyInForce;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows and ends sessions, and clears away those that are over. */
public final class SessionService implements ManagingSessions, TidyingSessions {
    private static final String RESOURCE = "sessions";
    private static final String SEE = "get";
    private static final String END = "delete";
    private static final int PURGED_AT_ONCE = 1_000;

    private final Authorizing authorizing;
    private final Sessions sessions;
    private final OverdueSessions overdue;
    private final Accounts accounts;
    private final LastUses lastUses;
    private final AccessChanges changes;
    private final Acts acts;
    private final TokenPolicyInForce policies;
    private final InstantSource clock;

    public SessionService(
            Authorizing authorizing,
            Sessions sessions,
            Accounts accounts,
            LastUses lastUses,
            AccessChanges changes,
            Acts acts,
            TokenPolicyInForce policies,
            InstantSource clock) {
        this.authorizing = authorizing;
        this.sessions = sessions;
        this.overdue = new OverdueSessions(sessions);
        this.accounts = accounts;
        this.lastUses = lastUses;
        this.changes = changes;
        this.acts = acts;
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public Page<Seen> list(Caller caller, Optional<String> subject, PageRequest page) {
        Instant now = clock.instant();
        Optional<Set<AccountId>> whose =
                subject.isPresent() ? Optional.of(named(caller, SEE, subject.get())) : visible(caller);
        Page<Session> found = sessions.live(
                new Sessions.Wanted(whose, now, OverdueSessions.boundsOf(policies.sessions(), now), Optional.empty()),
                page);
        return new Page<>(found.items().stream().map(each -> seen(caller, each)).toList(), found.next());
    }

    /** The account of this name, if there is one, for whoever has the right to its sessions. */
    private Set<AccountId> named(Caller caller, String action, String subject) {
        AccessQuestion question = new AccessQuestion(RESOURCE, action, subject);
        boolean own = caller.subject() instanceof Subject.OfAccount(AccountId id, Username name)
                && name.value().equals(subject)
                && caller.mayUseItFor(question);
        if (!own) authorizing.require(caller, question);
        return Username.ifValid(subject)
                .flatMap(accounts::find)
                .map(each -> Set.of(each.id()))
                .orElse(Set.of());
    }

    /** Absent: everybody's. */
    private Optional<Set<AccountId>> visible(Caller caller) {
        List<Account> all = accounts.all();
        Set<AccountId> visible = all.stream()
                .filter(each -> may(caller, SEE, each.id(), each.name()))
                .map(Account::id)
                .collect(Collectors.toSet());
        return visible.size() == all.size() ? Optional.empty() : Optional.of(visible);
    }

    @Override
    public Seen find(Caller caller, String id) {
        return seen(caller, required(caller, SEE, id));
    }

    /** Whoever has no right learns the same of a session that is there and of one that is not. */
    private Session required(Caller caller, String action, String id) {
        Optional<Session> session = sessions.find(new SessionId(id));
        if (session.isPresent()
                && may(caller, action, session.get().account(), session.get().name())) return session.get();
        authorizing.require(caller, new AccessQuestion(RESOURCE, action, id));
        throw new Refusal.NotFound(Session.KIND, id);
    }

    private boolean may(Caller caller, String action, AccountId account, Username name) {
        AccessQuestion question = new AccessQuestion(RESOURCE, action, name.value());
        boolean own = caller.subject() instanceof Subject.OfAccount(AccountId id, Username self) && id.equals(account);
        return own ? caller.mayUseItFor(question) : authorizing.decide(caller, question) instanceof Decision.Allowed;
    }

    private Seen seen(Caller caller, Session session) {
        SessionRules rules = policies.sessions();
        boolean over = !session.countsAt(clock.instant(), rules);
        return new Seen(
                session,
                isCurrent(caller, session),
                over ? Optional.empty() : session.idleEndsAt(rules),
                session.endsAt(rules));
    }

    private static boolean isCurrent(Caller caller, Session session) {
        return caller.method() == Caller.Method.SESSION
                && caller.credential().filter(session.id().value()::equals).isPresent();
    }

    @Override
    public void end(Caller caller, String id) {
        Session session = required(caller, END, id);
        Instant now = clock.instant();
        if (!session.countsAt(now)) return;
        acts.perform(caller, AuditAction.SESSION_ENDED, new Target(Session.KIND, id), () -> {
            boolean ended = sessions.end(session.id(), now, Session.Reason.REVOKED);
            changes.append(new AccessChange.OfCredential(session.id().value()));
            return ended;
        });
    }

    @Override
    public int endAll(Caller caller, EndAll command) {
        Set<AccountId> whose = named(caller, END, command.subject());
        if (command.rehearse())
            return toEnd(caller, whose, command.keepCurrent()).size();
        return acts.perform(
                caller,
                AuditAction.SESSION_ENDED,
                new Target(Account.KIND, command.subject()),
                () -> {
                    Instant now = clock.instant();
                    List<Session> ending = toEnd(caller, whose, command.keepCurrent());
                    int ended = 0;
                    for (Session each : ending) if (sessions.end(each.id(), now, Session.Reason.REVOKED)) ended++;
                    changes.append(ending.stream()
                            .<AccessChange>map(each ->
                                    new AccessChange.OfCredential(each.id().value()))
                            .toList());
                    return ended;
                },
                ended -> List.of(new Change("sessionsEnded", "", Integer.toString(ended))));
    }

    private List<Session> toEnd(Caller caller, Set<AccountId> whose, boolean keepCurrent) {
        Instant now = clock.instant();
        SessionRules rules = policies.sessions();
        return whose.stream()
                .flatMap(each -> sessions.liveOf(each, now).stream())
                .filter(each -> each.countsAt(now, rules))
                .filter(each -> !keepCurrent || !isCurrent(caller, each))
                .toList();
    }

    @Override
    public void tidyUp() {
        Instant now = clock.instant();
        lastUses.write();
        overdue.end(policies.sessions(), now);
        Instant kept = now.minus(SessionRules.KEPT_AFTER_END);
        int purged;
        do {
            purged = sessions.purge(kept, PURGED_AT_ONCE);
        } while (purged == PURGED_AT_ONCE);
    }
}
