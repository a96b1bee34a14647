package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.UsedRights;
import dev.gatehouse.domain.access.UsedRights.Gap;
import dev.gatehouse.domain.access.UsedRights.Tally;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Collects which rights tokens make use of, and writes that down together from time to time. What is collected and not yet
 * written is lost when the process is killed.
 */
public final class RightsInUse {
    /** How long it is kept which rights were used. */
    public static final int KEPT_DAYS = 90;

    /**
     * Different ones between two writes, gaps, and gaps that are known to be written. Of more uses and gaps, those that come
     * first are kept, and the day is noted; of more written ones, some are written again.
     */
    private static final int MOST = 50_000;

    private final Map<Key, Count> collected = new ConcurrentHashMap<>();
    private final Set<Gap> gaps = ConcurrentHashMap.newKeySet();
    /** Gaps that the store knows of, of late: they are not written each time that they come up again. */
    private final Set<Gap> written = ConcurrentHashMap.newKeySet();

    private final AtomicInteger size = new AtomicInteger();
    private final UsedRights store;
    private final InstantSource clock;
    private final int most;

    public RightsInUse(UsedRights store, InstantSource clock) {
        this(store, clock, MOST);
    }

    /** @param most different ones between two writes */
    RightsInUse(UsedRights store, InstantSource clock, int most) {
        this.store = store;
        this.clock = clock;
        this.most = most;
    }

    private record Key(String credential, AccessQuestion right) {}

    private record Count(long uses, Instant lastAt) {
        Count and(Count later) {
            return new Count(uses + later.uses, later.lastAt);
        }
    }

    /** Keeps in mind that a token of this caller was of use for that. Never blocks. */
    void note(Caller caller, AccessQuestion right) {
        token(caller).ifPresent(each -> note(new Key(each, right), new Count(1, clock.instant())));
    }

    /**
     * Keeps in mind that a token of this caller was of use for many objects at once, which no right to one of them tells: its
     * day is noted as one of which something is left out. Never blocks.
     */
    void noteAtLarge(Caller caller) {
        token(caller).ifPresent(each -> {
            Gap gap = new Gap(Optional.of(each), day(clock.instant()));
            if (gaps.contains(gap) || written.contains(gap)) return;
            leaveOut(gaps.size() < most ? gap : new Gap(Optional.empty(), gap.day()));
        });
    }

    private void leaveOut(Gap gap) {
        if (!written.contains(gap)) gaps.add(gap);
    }

    private static Optional<String> token(Caller caller) {
        return switch (caller.method()) {
            case ACCOUNT_TOKEN, PROJECT_TOKEN -> caller.credential();
            case SESSION, WEBHOOK, SYSTEM -> Optional.empty();
        };
    }

    private void note(Key key, Count once) {
        Count before = collected.get(key);
        if (before == null && size.get() >= most) {
            leaveOut(new Gap(Optional.empty(), day(once.lastAt())));
            return;
        }
        if (collected.merge(key, once, Count::and).uses() == once.uses()) size.incrementAndGet();
    }

    /**
     * Writes down what was collected: first what was used, then what was left out. Blocks. What fails stays for the next time.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when the store does not answer
     */
    public synchronized void write() {
        writeUses();
        writeGaps();
    }

    private void writeUses() {
        List<Key> keys = List.copyOf(collected.keySet());
        List<Tally> tallies = new ArrayList<>(keys.size());
        Map<Key, Count> taken = new HashMap<>();
        for (Key each : keys) {
            Count count = collected.remove(each);
            if (count == null) continue;
            size.decrementAndGet();
            taken.put(each, count);
            tallies.add(new Tally(each.credential(), day(count.lastAt()), each.right(), count.uses(), count.lastAt()));
        }
        try {
            store.add(tallies);
        } catch (RuntimeException e) {
            taken.forEach(this::note);
            throw e;
        }
    }

    private void writeGaps() {
        List<Gap> taken = List.copyOf(gaps);
        if (taken.isEmpty()) return;
        store.leftOut(taken);
        // In this order, or who notes it again in between has it written once more.
        for (Gap each : taken) if (written.size() < most) written.add(each);
        taken.forEach(gaps::remove);
    }

    /**
     * Forgets what is older than {@link #KEPT_DAYS}. What is left out again is written again, then: the store may have been put
     * back to what it was before.
     */
    public synchronized void forget() {
        written.clear();
        store.forgetBefore(day(clock.instant()).minusDays(KEPT_DAYS));
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
