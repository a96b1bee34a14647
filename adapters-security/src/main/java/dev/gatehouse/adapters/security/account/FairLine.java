package dev.gatehouse.adapters.security.account;

import dev.gatehouse.domain.account.SignInPlace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who waits, by the place they are from. Places take turns, so that nobody waits for all that another place has sent. When
 * the line is full, the place with the most waiting gives up the last it sent to whoever comes from a place with at least
 * two less; so every place has at least an equal share, and a place alone has all of it.
 *
 * @param <T> what waits
 */
final class FairLine<T> {
    private final int most;
    /** In the order of turns; no place without anybody waiting. */
    private final Map<SignInPlace, Deque<T>> waiting = new LinkedHashMap<>();
    /** How many are waiting or have their turn. */
    private int inside;

    /** @param most how many may be inside: those whose turn it is, and those who wait for theirs */
    FairLine(int most) {
        this.most = most;
    }

    /**
     * Lets one in who then waits.
     *
     * @return who has to leave for that, possibly this one; absent when there was room
     */
    synchronized Optional<T> enter(SignInPlace from, T who) {
        if (inside < most) {
            inside++;
            add(from, who);
            return Optional.empty();
        }
        Deque<T> own = waiting.getOrDefault(from, new ArrayDeque<>());
        Optional<Deque<T>> longest = waiting.values().stream().max(Comparator.comparingInt(Deque::size));
        if (longest.isEmpty() || longest.get().size() <= own.size() + 1) return Optional.of(who);
        T leaving = longest.get().removeLast();
        add(from, who);
        return Optional.of(leaving);
    }

    /** Whose turn it is now, until {@link #leave}; absent when nobody waits. */
    synchronized Optional<T> next() {
        Iterator<Map.Entry<SignInPlace, Deque<T>>> places = waiting.entrySet().iterator();
        if (!places.hasNext()) return Optional.empty();
        Map.Entry<SignInPlace, Deque<T>> first = places.next();
        places.remove();
        T who = first.getValue().removeFirst();
        if (!first.getValue().isEmpty()) waiting.put(first.getKey(), first.getValue());
        return Optional.of(who);
    }

    /** One whose turn it was is done. */
    synchronized void leave() {
        inside--;
    }

    /** Sends everybody away who waits. */
    synchronized List<T> empty() {
        List<T> all = new ArrayList<>();
        waiting.values().forEach(all::addAll);
        waiting.clear();
        inside -= all.size();
        return all;
    }

    private void add(SignInPlace from, T who) {
        waiting.computeIfAbsent(from, each -> new ArrayDeque<>()).addLast(who);
    }
}
