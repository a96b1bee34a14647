package dev.gatehouse.application.token;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.CleanUp;
import dev.gatehouse.domain.token.CleanUpId;
import dev.gatehouse.domain.token.CleanUpOrder;
import dev.gatehouse.domain.token.CleanUps;
import dev.gatehouse.domain.token.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Walks through the tokens, some hundred in one transaction: the run's own row is held meanwhile, and says afterwards how
 * far it got. So each token is met once, whoever goes on with the run, and wherever a process was killed.
 */
public final class CleanUpService implements CleaningUpTokens, TidyingTokens {
    private static final String RESOURCE = "tokens";
    private static final String ACTION = "delete";
    /** Who was not heard of for so long is not at it any more. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static final Duration REPORTS_KEPT = Duration.ofDays(30);
    private static final String SCHEDULED = "scheduled-";

    private final Authorizing authorizing;
    private final OncePerKey oncePerKey;
    private final Ports ports;
    private final Acts acts;
    private final Schedule schedule;
    private final Pace pace;
    private final InstantSource clock;
    private final String worker;

    /**
     * How much is done in one go.
     *
     * @param tokens looked at in one transaction
     * @param steps such transactions before the one who asked gets an answer
     */
    public record Pace(int tokens, int steps) {
        public static final Pace USUAL = new Pace(200, 50);
    }

    /** The driven ports it asks. */
    public record Ports(
            CleanUps cleanUps,
            ApiTokens tokens,
            Projects projects,
            AccessChanges changes,
            Transactions transactions,
            Ids ids) {}

    public CleanUpService(
            Authorizing authorizing,
            OncePerKey oncePerKey,
            Ports ports,
            Acts acts,
            Schedule schedule,
            Pace pace,
            InstantSource clock) {
        this.authorizing = authorizing;
        this.oncePerKey = oncePerKey;
        this.ports = ports;
        this.acts = acts;
        this.schedule = schedule;
        this.pace = pace;
        this.clock = clock;
        this.worker = ports.ids().newId();
    }

    @Override
    public CleanUp start(Caller caller, CleanUpOrder order, boolean dryRun, Optional<Repetition> repetition) {
        if (!may(caller, order)) throw refused(caller, object(order));
        order.check();
        order.project().ifPresent(each -> {
            if (ports.projects().find(each).isEmpty()) throw new Refusal.NotFound(Project.KIND, each.value());
        });
        return oncePerKey.make(
                caller,
                repetition,
                id -> ports.cleanUps().find(new CleanUpId(id)).orElseThrow(() -> notFound(id)),
                () -> started(caller, order, dryRun, repetition));
    }

    private CleanUp started(Caller caller, CleanUpOrder order, boolean dryRun, Optional<Repetition> repetition) {
        CleanUpId id = new CleanUpId(ports.ids().newId());
        acts.perform(
                caller,
                AuditAction.CLEAN_UP_STARTED,
                target(id, order),
                () -> {
                    oncePerKey.remember(caller, repetition, CleanUp.KIND, id.value());
                    return ports.cleanUps().insert(begin(id, caller, order, dryRun));
                },
                done -> changes(order, dryRun));
        CleanUp reached = drive(id, pace.steps());
        return reached.isRunning() ? released(id) : reached;
    }

    private CleanUp begin(CleanUpId id, Caller caller, CleanUpOrder order, boolean dryRun) {
        Instant now = clock.instant();
        return CleanUp.begin(
                id,
                new CleanUp.AskedBy(
                        caller.name(), caller.credential(), caller.method().word(), caller.origin()),
                order,
                dryRun,
                ports.tokens().count(order.scope(now)),
                now,
                new CleanUp.State.Running(worker, now.plus(SILENCE)));
    }

    private static List<Change> changes(CleanUpOrder order, boolean dryRun) {
        List<Change> asked = new ArrayList<>();
        if (dryRun) asked.add(new Change("dryRun", "", "true"));
        order.endedFor().ifPresent(each -> asked.add(change("expiredForSeconds", each)));
        order.unusedFor().ifPresent(each -> asked.add(change("unusedForSeconds", each)));
        order.neverUsedFor().ifPresent(each -> asked.add(change("neverUsedForSeconds", each)));
        return asked;
    }

    private static Change change(String field, Duration length) {
        return new Change(field, "", Long.toString(length.toSeconds()));
    }

    /** Everybody may take it up from now on. */
    private CleanUp released(CleanUpId id) {
        return ports.transactions().inTransaction(() -> {
            CleanUp run = ports.cleanUps().hold(id).orElseThrow(() -> notFound(id.value()));
            if (!run.isFor(worker, clock.instant())) return run;
            CleanUp free = run.with(new CleanUp.State.Running(worker, clock.instant()));
            ports.cleanUps().update(free);
            return free;
        });
    }

    @Override
    public CleanUp get(Caller caller, String id) {
        Optional<CleanUp> run = CleanUpId.ifValid(id)
                .flatMap(ports.cleanUps()::find)
                .filter(each -> isOwn(caller, each) || may(caller, each.order()));
        if (run.isPresent()) return run.get();
        if (authorizing.holdsAll(caller, RESOURCE, ACTION)) throw notFound(id);
        throw refused(caller, id);
    }

    private static boolean isOwn(Caller caller, CleanUp run) {
        return run.askedBy().name().equals(caller.name());
    }

    @Override
    public CleanUp cancel(Caller caller, String id) {
        CleanUp seen = get(caller, id);
        if (!may(caller, seen.order())) throw refused(caller, object(seen.order()));
        acts.performIfAny(
                caller,
                AuditAction.CLEAN_UP_CANCELLED,
                target(seen.id(), seen.order()),
                () -> ports.cleanUps()
                        .hold(seen.id())
                        .filter(CleanUp::isRunning)
                        .map(each -> each.with(new CleanUp.State.Cancelled(clock.instant())))
                        .filter(ports.cleanUps()::update),
                done -> List.of());
        return ports.cleanUps().find(seen.id()).orElse(seen);
    }

    private boolean may(Caller caller, CleanUpOrder order) {
        return order.project().isPresent()
                ? authorizing.holds(caller, RESOURCE, ACTION, object(order))
                : authorizing.holdsAll(caller, RESOURCE, ACTION);
    }

    /** A pattern for everything in a project, as the policy in force reads patterns. */
    private String object(CleanUpOrder order) {
        boolean globs = authorizing.includes("a*", "ab");
        return order.project().map(each -> each + (globs ? "/*" : "/.*")).orElse("*");
    }

    private Refusal.Forbidden refused(Caller caller, String object) {
        acts.refused(caller, AuditAction.ACCESS_DENIED, new Target(RESOURCE + "/" + ACTION, object), "denied");
        return new Refusal.Forbidden(RESOURCE, ACTION, object, caller.name(), caller.issuedAt());
    }

    private static Refusal.NotFound notFound(String id) {
        return new Refusal.NotFound(CleanUp.KIND, id);
    }

    private static Target target(CleanUpId id, CleanUpOrder order) {
        return new Target(CleanUp.KIND, order.project().map(ProjectName::value).orElse(""), id.value());
    }

    @Override
    public void tidyUp(Origin origin) {
        schedule.order().ifPresent(each -> startScheduled(each, origin));
        for (CleanUp each : ports.cleanUps().unfinished()) if (each.isFor(worker, clock.instant())) drive(each.id());
        ports.cleanUps().forgetBefore(clock.instant().minus(REPORTS_KEPT));
    }

    /** Each period has a run of its own, which the first process to come begins. */
    private void startScheduled(CleanUpOrder order, Origin origin) {
        long period = clock.instant().getEpochSecond() / schedule.period().toSeconds();
        CleanUpId id = new CleanUpId(SCHEDULED + period);
        boolean atIt = ports.cleanUps().find(id).isPresent()
                || ports.cleanUps().unfinished().stream()
                        .anyMatch(each -> each.id().value().startsWith(SCHEDULED));
        if (atIt) return;
        Caller itself = Caller.itself(origin);
        acts.performIfAny(
                itself,
                AuditAction.CLEAN_UP_STARTED,
                target(id, order),
                () -> Optional.of(begin(id, itself, order, false)).filter(ports.cleanUps()::insert),
                done -> changes(order, false));
    }

    private void drive(CleanUpId id) {
        CleanUp before;
        CleanUp after = drive(id, pace.steps());
        do {
            before = after;
            after = drive(id, pace.steps());
        } while (after.isRunning()
                && !after.place().equals(before.place())
                && !Thread.currentThread().isInterrupted());
    }

    /** Goes on with a run for at most so many steps, as long as nobody else is at it. */
    private CleanUp drive(CleanUpId id, int steps) {
        try {
            Optional<CleanUp> reached = step(id);
            for (int i = 1; i < steps && reached.filter(CleanUp::isRunning).isPresent(); i++) reached = step(id);
            return reached.or(() -> ports.cleanUps().find(id)).orElseThrow(() -> notFound(id.value()));
        } catch (Refusal.Unavailable e) {
            throw e;
        } catch (RuntimeException e) {
            // Who is interrupted is to stop, and another goes on; any other fault would only come again.
            if (!Thread.currentThread().isInterrupted()) fail(id, e);
            throw e;
        }
    }

    private void fail(CleanUpId id, RuntimeException cause) {
        try {
            ports.transactions()
                    .inTransaction(() -> ports.cleanUps()
                            .hold(id)
                            .filter(each -> each.isFor(worker, clock.instant()))
                            .map(each ->
                                    ports.cleanUps().update(each.with(new CleanUp.State.Failed(clock.instant())))));
        } catch (RuntimeException again) {
            cause.addSuppressed(again);
        }
    }

    /** The next tokens; absent when the run is over, or somebody else is at it. */
    private Optional<CleanUp> step(CleanUpId id) {
        return ports.transactions()
                .inTransaction(() -> ports.cleanUps()
                        .hold(id)
                        .filter(each -> each.isFor(worker, clock.instant()))
                        .map(this::goneOn));
    }

    private CleanUp goneOn(CleanUp run) {
        Instant now = clock.instant();
        Page<ApiToken> page =
                ports.tokens().find(run.order().scope(run.startedAt()), new PageRequest(pace.tokens(), run.place()));
        Batch batch = new Batch(run, page.items(), now);
        List<CleanUp.Item> items = batch.done();
        CleanUp.Progress reached = run.progress().and(batch.met(), items);
        CleanUp next = page.next()
                .map(place -> run.goneOn(place, reached, new CleanUp.State.Running(worker, now.plus(SILENCE))))
                .orElseGet(() -> run.done(reached, now));
        ports.cleanUps().update(next);
        return next;
    }

    /** Some tokens, and what becomes of them. */
    private final class Batch {
        private final CleanUp run;
        private final List<ApiToken> page;
        private final Instant now;
        private final Map<TokenId, List<ApiToken>> families = new HashMap<>();
        private final Set<TokenId> met = new HashSet<>();
        private final List<CleanUp.Item> items = new ArrayList<>();
        private final Set<TokenId> removed = new HashSet<>();
        private final List<AccessChange> revoked = new ArrayList<>();

        Batch(CleanUp run, List<ApiToken> page, Instant now) {
            this.run = run;
            this.page = page;
            this.now = now;
            page.forEach(each -> met.add(each.id()));
        }

        int met() {
            return met.size();
        }

        List<CleanUp.Item> done() {
            Set<TokenId> wanted = page.stream()
                    .filter(this::mayBeWanted)
                    .map(each -> each.lineage().family())
                    .collect(Collectors.toSet());
            for (ApiToken each : ports.tokens().holdFree(wanted))
                families.computeIfAbsent(each.lineage().family(), any -> new ArrayList<>())
                        .add(each);
            page.forEach(this::judge);
            if (!removed.isEmpty()) remove();
            ports.changes().append(revoked);
            return items;
        }

        /** As far as can be told without its family, and without holding it. */
        private boolean mayBeWanted(ApiToken token) {
            return run.order().against(token, List.of(), now).isPresent()
                    || (run.order().endedFor().isPresent() && !token.countsAt(now));
        }

        private void judge(ApiToken seen) {
            List<ApiToken> family = families.getOrDefault(seen.lineage().family(), List.of());
            Optional<ApiToken> held =
                    family.stream().filter(each -> each.id().equals(seen.id())).findFirst();
            if (held.isEmpty() || removed.contains(seen.id())) return;
            run.order().against(held.get(), family, now).ifPresent(reason -> {
                switch (reason) {
                    case ENDED -> end(held.get(), family);
                    case UNUSED, NEVER_USED -> revoke(held.get(), reason);
                }
            });
        }

        /** A rehearsal meets each one of a family by itself, since none of it goes. */
        private void end(ApiToken token, List<ApiToken> family) {
            for (ApiToken each : run.dryRun() ? List.of(token) : family) {
                items.add(CleanUp.Item.of(each, CleanUpOrder.Reason.ENDED));
                if (run.dryRun()) continue;
                removed.add(each.id());
                met.add(each.id());
            }
        }

        private void remove() {
            ports.tokens().remove(removed, now);
            acts.done(
                    run.askedBy().name(),
                    run.askedBy().credential(),
                    run.askedBy().method(),
                    run.askedBy().origin(),
                    AuditAction.TOKEN_REMOVED,
                    target(run.id(), run.order()),
                    List.of(new Change(
                            "removed",
                            removed.stream().map(TokenId::value).sorted().collect(Collectors.joining(", ")),
                            "")));
        }

        private void revoke(ApiToken token, CleanUpOrder.Reason reason) {
            items.add(CleanUp.Item.of(token, reason));
            if (run.dryRun()) return;
            String text = "clean-up " + run.id() + ": " + reason.word();
            ports.tokens().revoke(token.id(), now, run.askedBy().name(), text);
            revoked.add(new AccessChange.OfCredential(token.id().value()));
            acts.done(
                    run.askedBy().name(),
                    run.askedBy().credential(),
                    run.askedBy().method(),
                    run.askedBy().origin(),
                    AuditAction.TOKEN_REVOKED,
                    TokenOwners.of(token.subject()).target(token.name().value()),
                    List.of(new Change("reason", "", text)));
        }
    }
}
