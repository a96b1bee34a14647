package dev.gatehouse.adapters.testkit.access;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.UsedRights;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Used rights in memory. */
public final class InMemoryUsedRights implements UsedRights {
    private static final Comparator<AccessQuestion> ORDER = Comparator.comparing(AccessQuestion::resource)
            .thenComparing(AccessQuestion::action)
            .thenComparing(AccessQuestion::object);

    private final InMemoryStore store;
    private final InMemoryStore.Table<Key, Tally> rows;
    private final InMemoryStore.Table<Gap, Gap> gaps;

    private record Key(String credential, LocalDate day, AccessQuestion right) {
        static Key of(Tally tally) {
            return new Key(tally.credential(), tally.day(), tally.right());
        }
    }

    public InMemoryUsedRights(InMemoryStore store) {
        this.store = store;
        this.rows = store.table();
        this.gaps = store.table();
    }

    @Override
    public void add(List<Tally> tallies) {
        store.write(() -> {
            tallies.forEach(this::add);
            return true;
        });
    }

    private void add(Tally tally) {
        Key key = Key.of(tally);
        var before = rows.find(key);
        boolean tooLong = tally.right().object().length() > LONGEST_OBJECT;
        if (tooLong || (before.isEmpty() && countOf(key) >= MOST_A_DAY)) {
            note(new Gap(Optional.of(key.credential()), key.day()));
            return;
        }
        rows.put(
                key,
                before.map(each -> new Tally(
                                key.credential(),
                                key.day(),
                                key.right(),
                                each.uses() + tally.uses(),
                                later(each.lastAt(), tally.lastAt())))
                        .orElse(tally));
    }

    private void note(Gap gap) {
        gaps.put(gap, gap);
    }

    private long countOf(Key key) {
        return rows.all().stream()
                .filter(each ->
                        each.credential().equals(key.credential()) && each.day().equals(key.day()))
                .count();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public List<Used> of(String credential, LocalDate since) {
        Map<AccessQuestion, Used> sums = new TreeMap<>(ORDER);
        for (Tally each : rows.all())
            if (each.credential().equals(credential) && !each.day().isBefore(since))
                sums.merge(
                        each.right(),
                        new Used(each.right(), each.uses(), each.lastAt()),
                        (one, other) ->
                                new Used(one.right(), one.uses() + other.uses(), later(one.lastAt(), other.lastAt())));
        return List.copyOf(sums.values());
    }

    @Override
    public void leftOut(Collection<Gap> some) {
        store.write(() -> {
            some.forEach(this::note);
            return true;
        });
    }

    @Override
    public boolean isComplete(String credential, LocalDate since) {
        return gaps.all().stream()
                .filter(each -> each.credential().map(credential::equals).orElse(true))
                .allMatch(each -> each.day().isBefore(since));
    }

    @Override
    public int forgetBefore(LocalDate day) {
        return store.write(() -> {
            List<Tally> old =
                    rows.all().stream().filter(each -> each.day().isBefore(day)).toList();
            old.forEach(each -> rows.remove(Key.of(each)));
            gaps.all().stream()
                    .filter(each -> each.day().isBefore(day))
                    .toList()
                    .forEach(gaps::remove);
            return old.size();
        });
    }
}
