package dev.gatehouse.application.shared;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditEntry.Actor;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Outcome;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs acts so that each leaves an entry in the audit: the entry of an act that was done is written in the transaction of
 * the act itself, that of a refused or failed one in a transaction of its own after the act was rolled back. What was refused
 * before anybody acted is written down, too, and counted where it repeats.
 */
public final class Acts {
    private final Transactions transactions;
    private final AuditTrail trail;
    private final InstantSource clock;
    private final BiConsumer<Caller, AuditAction> beforeEach;
    private final RepeatedRefusals repeated;

    /**
     * @param beforeEach is told of every act before anything of it is done, and may refuse it: for what holds for acts
     *     whatever they are about
     */
    public Acts(
            Transactions transactions,
            AuditTrail trail,
            InstantSource clock,
            BiConsumer<Caller, AuditAction> beforeEach) {
        this.transactions = transactions;
        this.trail = trail;
        this.clock = clock;
        this.beforeEach = beforeEach;
        this.repeated = new RepeatedRefusals(this::append, clock);
    }

    /** Does the work in one transaction, together with its entry. */
    public <T> T perform(Caller caller, AuditAction action, Target target, Supplier<T> work) {
        return perform(caller, action, target, work, done -> List.of());
    }

    /** As {@link #perform(Caller, AuditAction, Target, Supplier)}, with what it changed. */
    public <T> T perform(
            Caller caller,
            AuditAction action,
            Target target,
            Supplier<T> work,
            Function<? super T, List<Change>> changes) {
        return performIfAny(caller, action, target, () -> Optional.of(work.get()), changes)
                .orElseThrow();
    }

    /** As {@link #perform}, unless the work finds that nothing is to be done: then there is no entry. */
    public <T> Optional<T> performIfAny(
            Caller caller,
            AuditAction action,
            Target target,
            Supplier<Optional<T>> work,
            Function<? super T, List<Change>> changes) {
        try {
            beforeEach.accept(caller, action);
            return transactions.inTransaction(() -> {
                Optional<T> done = work.get();
                done.ifPresent(each -> trail.append(
                        entry(actor(caller), caller.origin(), action, target, Outcome.DONE, "", changes.apply(each))));
                return done;
            });
        } catch (Refusal.Unavailable e) {
            throw e;
        } catch (Refusal e) {
            append(actor(caller), caller.origin(), action, target, Outcome.REFUSED, word(e));
            throw e;
        } catch (RuntimeException e) {
            try {
                append(actor(caller), caller.origin(), action, target, Outcome.FAILED, "fault");
            } catch (RuntimeException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /**
     * Does what an act needs before its transaction (hashing a password, reading what was sent): writes nothing when it
     * succeeds, and a refusal as {@link #perform} does.
     */
    public <T> T prepare(Caller caller, AuditAction action, Target target, Supplier<T> work) {
        try {
            beforeEach.accept(caller, action);
            return work.get();
        } catch (Refusal.Unavailable e) {
            throw e;
        } catch (Refusal e) {
            append(actor(caller), caller.origin(), action, target, Outcome.REFUSED, word(e));
            throw e;
        }
    }

    /**
     * Does the work in one transaction and takes it back: for who asks beforehand what an act would come to. Nothing stays of
     * it, and nothing is written down, not even a refusal. What is asked before each act is not asked.
     *
     * @return what came of it before it was taken back
     */
    public <T> T rehearse(Supplier<T> work) {
        List<T> done = new ArrayList<>(1);
        try {
            transactions.inTransaction(() -> {
                done.add(work.get());
                throw new TakenBack();
            });
        } catch (TakenBack e) {
            return done.getFirst();
        }
        throw new IllegalStateException("what was thrown in a transaction comes out of it");
    }

    /** Rolls back, and says nothing else. */
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TakenBack() {
            super("taken back", null, false, false);
        }
    }

    /**
     * Writes down, in the caller's transaction, what was done for somebody who asked for it earlier.
     *
     * @param subject who asked, as policies write the name
     * @param credential the {@code jti} that was shown then; absent when there was none
     * @param method how the caller had signed in: a word
     */
    public void done(
            String subject,
            Optional<String> credential,
            String method,
            Origin from,
            AuditAction action,
            Target target,
            List<Change> changes) {
        trail.append(entry(new Actor(subject, credential, method), from, action, target, Outcome.DONE, "", changes));
    }

    /**
     * Writes down that something was refused before anybody acted. What is refused again and again is counted instead, and the
     * count is written by {@link #writeRepeated}: a refusal costs whoever gets it nothing.
     */
    public void refused(Caller caller, AuditAction action, Target target, String reason) {
        repeated.add(refusal(actor(caller), caller.origin(), action, target, reason));
    }

    /**
     * As {@link #refused(Caller, AuditAction, Target, String)}, when nobody proved who asked.
     *
     * @param subject who it would have been, as policies write the name; empty when nobody can say
     * @param credential the {@code jti} of what was shown; absent when that has none
     * @param method what was shown: a word
     */
    public void refused(
            String subject,
            Optional<String> credential,
            String method,
            Origin from,
            AuditAction action,
            Target target,
            String reason) {
        repeated.add(refusal(new Actor(subject, credential, method), from, action, target, reason));
    }

    /** As the other, without a credential that has an id, and each time anew: for what is bounded by what it costs. */
    public void refusedEachTime(
            String subject, String method, Origin from, AuditAction action, Target target, String reason) {
        append(refusal(new Actor(subject, Optional.empty(), method), from, action, target, reason));
    }

    /**
     * Writes down how often what was refused was refused again. Blocks. What fails stays for the next time. Whoever made this
     * process sees to it that this runs several times a minute.
     *
     * @throws Refusal.Unavailable when the store does not answer
     */
    public void writeRepeated() {
        repeated.tellWhatIsDue();
    }

    /** As {@link #writeRepeated}, of everything that was not written yet: at the end. */
    public void writeAllRepeated() {
        repeated.tellAll();
    }

    private AuditEntry refusal(Actor actor, Origin from, AuditAction action, Target target, String reason) {
        return entry(actor, from, action, target, Outcome.REFUSED, reason, List.of());
    }

    private void append(Actor actor, Origin from, AuditAction action, Target target, Outcome outcome, String reason) {
        append(entry(actor, from, action, target, outcome, reason, List.of()));
    }

    private void append(AuditEntry entry) {
        transactions.inTransaction(() -> trail.append(entry));
    }

    private AuditEntry entry(
            Actor actor,
            Origin from,
            AuditAction action,
            Target target,
            Outcome outcome,
            String reason,
            List<Change> changes) {
        return new AuditEntry(clock.instant(), actor, from, action, target, outcome, reason, changes);
    }

    private static Actor actor(Caller caller) {
        return new Actor(caller.name(), caller.credential(), caller.method().word());
    }

    /** A word for why, without what was sent. */
    private static String word(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Invalid invalid ->
                "invalid:" + invalid.faults().getFirst().rule().name();
            case Refusal.Forbidden forbidden -> "forbidden";
            case Refusal.NotFound notFound -> "notFound";
            case Refusal.Conflict conflict -> "conflict:" + conflict.reason().name();
            case Refusal.Unmet unmet -> "unmet:" + unmet.fault().rule().name();
            case Refusal.SignInTooOld old -> "signInTooOld";
            case Refusal.Unavailable unavailable -> "unavailable";
        };
    }
}
