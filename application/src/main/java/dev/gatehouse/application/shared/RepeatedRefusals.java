package dev.gatehouse.application.shared;

import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditEntry.Actor;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.shared.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Writes down refusals that cost whoever gets them nothing but a request, so that asking again and again does not fill the
 * audit. The first of its kind is written at once; what follows from the same credential and address, about the same thing,
 * for the same reason, is counted, and the count is written once in {@link #COUNTED_FOR}. Of one credential, or of one place
 * where none is known, only so many kinds are told apart at a time; the others are counted without their object and address.
 *
 * <p>Of each process by itself. When it is killed, counts that are not written yet are lost; the first of each kind never is.
 * Memory is bounded: when it is full, what is new is written each time, as if nothing were counted.
 */
final class RepeatedRefusals {
    /** From one entry of a kind to the next. */
    static final Duration COUNTED_FOR = Duration.ofMinutes(5);

    /** Of one credential or place. */
    static final int MOST_KINDS_OF_ONE = 20;

    /** Of all together. */
    private static final int MOST_KINDS = 5_000;

    /** What an entry calls the number of refusals of its kind since the entry before it. */
    private static final String REPEATED = "repeated";

    private final Consumer<AuditEntry> writer;
    private final InstantSource clock;
    private final int most;
    private final Map<Kind, Tally> tallies = new HashMap<>();
    private final Map<Who, Integer> kindsOf = new HashMap<>();

    /** @param writer writes one entry down, and throws when it cannot */
    RepeatedRefusals(Consumer<AuditEntry> writer, InstantSource clock) {
        this(writer, clock, MOST_KINDS);
    }

    /** @param most kinds that are kept in mind at a time */
    RepeatedRefusals(Consumer<AuditEntry> writer, InstantSource clock, int most) {
        this.writer = writer;
        this.clock = clock;
        this.most = most;
    }

    /** @param place only where nobody knows who it is; else empty */
    private record Who(Actor actor, String place) {
        static Who of(AuditEntry refusal) {
            boolean known = !refusal.actor().subject().isEmpty();
            return new Who(
                    refusal.actor(),
                    known ? "" : SignInPlace.of(refusal.from().address()).text());
        }
    }

    private record Kind(Who who, AuditAction action, Target target, String reason, String address) {
        static Kind of(AuditEntry refusal) {
            return new Kind(
                    Who.of(refusal),
                    refusal.action(),
                    refusal.target(),
                    refusal.reason(),
                    refusal.from().address());
        }

        /** All that is left of what would be one kind too many. */
        Kind inGeneral() {
            return new Kind(who, action, new Target(target.kind(), ""), reason, "");
        }
    }

    /**
     * @param written when the last entry of the kind was
     * @param more how many there were since
     * @param last where the last one came from
     */
    private record Tally(Instant written, long more, Origin last) {
        boolean isDue(Instant now) {
            return !now.isBefore(written.plus(COUNTED_FOR));
        }
    }

    /**
     * Writes the refusal down, or counts it.
     *
     * @throws RuntimeException the writer's; then it is counted
     */
    void add(AuditEntry refusal) {
        if (isCounted(refusal)) return;
        try {
            writer.accept(refusal);
        } catch (RuntimeException e) {
            isCounted(refusal);
            throw e;
        }
    }

    private synchronized boolean isCounted(AuditEntry refusal) {
        Kind kind = Kind.of(refusal);
        if (!tallies.containsKey(kind) && kindsOf.getOrDefault(kind.who(), 0) >= MOST_KINDS_OF_ONE)
            kind = kind.inGeneral();
        Tally before = tallies.get(kind);
        if (before != null && (before.more() > 0 || !before.isDue(refusal.at()))) {
            tallies.put(kind, new Tally(before.written(), before.more() + 1, refusal.from()));
            return true;
        }
        if (before == null) {
            if (tallies.size() >= most) return false;
            kindsOf.merge(kind.who(), 1, Integer::sum);
        }
        tallies.put(kind, new Tally(refusal.at(), 0, refusal.from()));
        return false;
    }

    /**
     * Writes the counts whose time has come, and forgets what was not repeated. Blocks. What fails stays for the next time.
     *
     * @throws RuntimeException the writer's
     */
    void tellWhatIsDue() {
        Instant now = clock.instant();
        tell(now, each -> each.isDue(now));
    }

    /** As {@link #tellWhatIsDue}, without waiting for any time to come: at the end. */
    void tellAll() {
        tell(clock.instant(), each -> true);
    }

    private void tell(Instant now, Predicate<Tally> due) {
        for (Kind kind : repeated(due)) {
            Optional<Tally> taken = take(kind, now);
            if (taken.isEmpty()) continue;
            try {
                writer.accept(entry(kind, taken.get(), now));
            } catch (RuntimeException e) {
                giveBack(kind, taken.get());
                throw e;
            }
        }
    }

    private synchronized List<Kind> repeated(Predicate<Tally> due) {
        List<Kind> repeated = new ArrayList<>();
        for (var each = tallies.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Kind, Tally> next = each.next();
            if (!due.test(next.getValue())) continue;
            if (next.getValue().more() > 0) {
                repeated.add(next.getKey());
            } else {
                each.remove();
                kindsOf.computeIfPresent(next.getKey().who(), (who, kinds) -> kinds > 1 ? kinds - 1 : null);
            }
        }
        return repeated;
    }

    /** Whoever writes it has it alone; what comes meanwhile belongs to the next. */
    private synchronized Optional<Tally> take(Kind kind, Instant now) {
        Optional<Tally> taken = Optional.ofNullable(tallies.get(kind)).filter(each -> each.more() > 0);
        taken.ifPresent(each -> tallies.put(kind, new Tally(now, 0, each.last())));
        return taken;
    }

    private synchronized void giveBack(Kind kind, Tally taken) {
        tallies.computeIfPresent(
                kind, (same, since) -> new Tally(taken.written(), taken.more() + since.more(), since.last()));
    }

    private static AuditEntry entry(Kind kind, Tally tally, Instant now) {
        return new AuditEntry(
                now,
                kind.who().actor(),
                tally.last(),
                kind.action(),
                kind.target(),
                AuditEntry.Outcome.REFUSED,
                kind.reason(),
                List.of(new Change(REPEATED, "", Long.toString(tally.more()))));
    }
}
