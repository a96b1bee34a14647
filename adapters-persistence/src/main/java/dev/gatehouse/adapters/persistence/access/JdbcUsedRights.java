package dev.gatehouse.adapters.persistence.access;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.UsedRights;
import dev.gatehouse.domain.shared.Transactions;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Singleton
final class JdbcUsedRights implements UsedRights {
    /** The order in which rows are locked: nodes that write together wait for each other, and never in a ring. */
    private static final Comparator<Tally> ORDER = Comparator.comparing(
                    (Tally each) -> each.right().resource())
            .thenComparing(each -> each.right().action())
            .thenComparing(each -> each.right().object());

    /** As {@link #ORDER}, of what was left out. */
    private static final Comparator<OfDay> GAPS =
            Comparator.comparing(OfDay::credential).thenComparing(OfDay::day);

    /** Gaps that are written in one transaction. */
    private static final int AT_ONCE = 1_000;

    /** In place of a credential that nobody knows; none is empty. */
    private static final String EVERYBODY = "";

    private final Database database;
    private final Transactions transactions;

    JdbcUsedRights(Database database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    private record OfDay(String credential, LocalDate day) {}

    @Override
    public void add(List<Tally> tallies) {
        Map<OfDay, List<Tally>> byDay =
                tallies.stream().collect(Collectors.groupingBy(each -> new OfDay(each.credential(), each.day())));
        byDay.forEach((of, some) -> transactions.inTransaction(() -> add(of, some)));
    }

    private void add(OfDay of, List<Tally> tallies) {
        Set<AccessQuestion> there = new HashSet<>(database.list(
                "select resource, action, object from used_right where credential = ? and epoch_day = ?",
                JdbcUsedRights::right,
                of.credential(),
                of.day().toEpochDay()));
        List<Tally> sorted = tallies.stream()
                .filter(each -> each.right().object().length() <= LONGEST_OBJECT)
                .sorted(ORDER)
                .toList();
        for (Tally each : sorted) if (there.size() < MOST_A_DAY && there.add(each.right())) addRow(of, each);
        List<Tally> kept =
                sorted.stream().filter(each -> there.contains(each.right())).toList();
        database.writeEach(
                """
                update used_right
                set uses = uses + ?, last_at = case when last_at < ? then ? else last_at end
                where credential = ? and epoch_day = ? and resource = ? and action = ? and object = ?""",
                kept.stream()
                        .map(each -> new @Nullable Object[] {
                            each.uses(),
                            each.lastAt(),
                            each.lastAt(),
                            of.credential(),
                            of.day().toEpochDay(),
                            each.right().resource(),
                            each.right().action(),
                            each.right().object()
                        })
                        .toList());
        if (kept.size() < tallies.size()) addGap(of.credential(), of.day());
    }

    private void addGap(String credential, LocalDate day) {
        database.insertIfAbsent("used_right_gap", "credential, epoch_day", credential, day.toEpochDay());
    }

    /** Without a use yet; another node may have been quicker. */
    private void addRow(OfDay of, Tally tally) {
        database.insertIfAbsent(
                "used_right",
                "credential, epoch_day, resource, action, object, uses, last_at",
                of.credential(),
                of.day().toEpochDay(),
                tally.right().resource(),
                tally.right().action(),
                tally.right().object(),
                0L,
                tally.lastAt());
    }

    private static AccessQuestion right(Columns columns) {
        return new AccessQuestion(columns.text("resource"), columns.text("action"), columns.text("object"));
    }

    @Override
    public List<Used> of(String credential, LocalDate since) {
        return database
                .list(
                        """
                        select resource, action, object, sum(uses) as uses, max(last_at) as last_at from used_right
                        where credential = ? and epoch_day >= ?
                        group by resource, action, object""",
                        columns -> new Used(right(columns), columns.bigNumber("uses"), columns.instant("last_at")),
                        credential,
                        since.toEpochDay())
                .stream()
                .sorted(Comparator.comparing((Used each) -> each.right().resource())
                        .thenComparing(each -> each.right().action())
                        .thenComparing(each -> each.right().object()))
                .toList();
    }

    @Override
    public void leftOut(Collection<Gap> gaps) {
        List<OfDay> sorted = gaps.stream()
                .map(each -> new OfDay(each.credential().orElse(EVERYBODY), each.day()))
                .distinct()
                .sorted(GAPS)
                .toList();
        for (int from = 0; from < sorted.size(); from += AT_ONCE) {
            List<OfDay> some = sorted.subList(from, Math.min(sorted.size(), from + AT_ONCE));
            transactions.inTransaction(() -> {
                database.insertEachIfAbsent(
                        "used_right_gap",
                        "credential, epoch_day",
                        some.stream()
                                .map(each -> new @Nullable Object[] {
                                    each.credential(), each.day().toEpochDay()
                                })
                                .toList());
                return true;
            });
        }
    }

    @Override
    public boolean isComplete(String credential, LocalDate since) {
        return database.first(
                        "select credential from used_right_gap where credential in (?, ?) and epoch_day >= ?",
                        columns -> columns.text("credential"),
                        credential,
                        EVERYBODY,
                        since.toEpochDay())
                .isEmpty();
    }

    @Override
    public int forgetBefore(LocalDate day) {
        database.write("delete from used_right_gap where epoch_day < ?", day.toEpochDay());
        return database.write("delete from used_right where epoch_day < ?", day.toEpochDay());
    }
}
