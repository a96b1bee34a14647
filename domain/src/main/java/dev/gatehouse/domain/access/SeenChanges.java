package dev.gatehouse.domain.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The changes that one process has seen, as far as they can still matter: of each thing the last position at which it was
 * changed. Of bounded size; what is too old to be kept counts as changed. Safe for several threads.
 *
 * <p>Positions are numbers of the log, counted on where the log itself goes back: a database that was restored from a
 * backup begins again at a lower number, and nothing remembered before may survive that.
 */
public final class SeenChanges {
    /** How many things are kept; at 200 bytes each, ten megabytes at the worst. */
    static final int MOST = 50_000;

    private final Map<AccessChange, Long> last = new ConcurrentHashMap<>();
    private final int most;
    /** Up to this number of the log everything was seen. */
    private long number;
    /** What is added to a number of the log to get a position. */
    private long offset;
    /** The same number as a position. */
    private volatile long position;
    /** The last position at which anything was changed. */
    private volatile long latest;
    /** What was remembered before this position cannot be judged any more. */
    private volatile long horizon;

    /** Something that the log holds. */
    public record Numbered(long number, AccessChange what) {}

    public SeenChanges() {
        this(MOST);
    }

    SeenChanges(int most) {
        this.most = most;
    }

    /** Up to here everything was seen. Never goes back. */
    public long position() {
        return position;
    }

    /** Up to this number of the log everything was seen: from where to read on. */
    public synchronized long number() {
        return number;
    }

    /**
     * Takes in what was read.
     *
     * @param after the {@link #number()} from which it was read on
     * @param rows what the log holds after that number, in its order
     * @param end the last number that the log had given out then
     * @return whether everything had to be forgotten: the rows do not reach from {@code after} to {@code end} without a
     *     gap, because older ones were removed, or were never written by an older version of this service, or because the
     *     log went back
     */
    public synchronized boolean readOn(long after, List<Numbered> rows, long end) {
        // Another thread was quicker, and read no less.
        if (end <= number && after < number) return false;
        if (end < after) {
            beginAnew(end);
            return true;
        }
        boolean whole = rows.size() == end - after;
        for (int i = 0; whole && i < rows.size(); i++) whole = rows.get(i).number() == after + i + 1;
        if (whole) for (Numbered each : rows) touch(each.what(), each.number() + offset);
        number = end;
        // Published last: whoever reads this position finds everything up to it.
        if (whole) position = number + offset;
        else forgetAll();
        trim();
        return !whole;
    }

    /**
     * Takes in what this process itself has just committed, which may be ahead of what it has read.
     *
     * @param first the number of the first of them; the others follow it
     */
    public synchronized void committed(long first, List<AccessChange> changes) {
        for (int i = 0; i < changes.size(); i++) touch(changes.get(i), first + i + offset);
        long end = first + changes.size() - 1;
        if (first <= number + 1 && end > number) {
            number = end;
            position = number + offset;
        }
        trim();
    }

    /** Whether none of these was changed after this position. */
    public boolean untouched(long since, Collection<AccessChange> things) {
        // Nothing at all was changed since, mostly, and then nothing has to be looked for.
        if (since < latest)
            for (AccessChange each : things) {
                Long touched = last.get(each);
                if (touched != null && touched > since) return false;
            }
        // Asked last: it is raised before anything is dropped.
        return since >= horizon;
    }

    /**
     * Forgets everything: the log may lack some of what was read from it, and give the same numbers to others.
     *
     * @param end the last number that it had given out when it was asked after that
     */
    public synchronized void beginAnew(long end) {
        offset += Math.max(0, number - end) + 1;
        number = end;
        forgetAll();
    }

    private void touch(AccessChange what, long at) {
        if (what instanceof AccessChange.OfEverything) {
            horizon = Math.max(horizon, at);
        } else {
            last.merge(what, at, Math::max);
            latest = Math.max(latest, at);
        }
    }

    private void forgetAll() {
        horizon = Math.max(horizon, number + offset);
        last.values().removeIf(each -> each <= horizon);
        position = number + offset;
    }

    private void trim() {
        if (last.size() <= most) return;
        horizon = Math.max(horizon, number + offset - most / 2);
        last.values().removeIf(each -> each <= horizon);
    }
}
