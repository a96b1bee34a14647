package dev.gatehouse.adapters.persistence.access;

import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.UsedRights;
import dev.gatehouse.domain.shared.Transactions;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Singleton
final class JdbcUsedRights implements UsedRights {
    /** The order in which rows are locked: nodes that write together wait for each other, and never in a ring. */
    private static final Comparator<Tally> ORDER = Comparator.comparing(
                    (Tally each) -> each.right().resource())
            .thenComparing(each -> each.right().action())
            .thenComparing(each -> each.right().object());

    private final Database database;
    private final Transactions transactions;

    JdbcUsedRights(Database database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    private record OfDay(String credential, LocalDate day) {}

    @Override
    public void add(List<Tally> tallies) {
        Map<OfDay, List<Tally>> byDay = tallies.stream()
                .filter(each -> each.right().object().length() <= LONGEST_OBJECT)
                .collect(Collectors.groupingBy(each -> new OfDay(each.credential(), each.day())));
        byDay.forEach((of, some) -> transactions.inTransaction(() -> add(of, some)));
    }

    private void add(OfDay of, List<Tally> tallies) {
        long there = database.first(
                        "select count(*) as n from used_right where credential = ? and epoch_day = ?",
                        columns -> columns.bigNumber("n"),
                        of.credential(),
                        of.day().toEpochDay())
                .orElse(0L);
        List<Tally> sorted = tallies.stream().sorted(ORDER).toList();
        // What is there already takes room only once; to know it would cost a look for each.
        long room = MOST_A_DAY - there;
        if (room > 0) {
            for (AccessQuestion each :
                    sorted.stream().map(Tally::right).distinct().toList())
                if (room > 0 && addRow(of, each, sorted)) room--;
        }
        database.writeEach(
                """
                update used_right
                set uses = uses + ?, last_at = case when last_at < ? then ? else last_at end
                where credential = ? and epoch_day = ? and resource = ? and action = ? and object = ?""",
                sorted.stream()
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
    }

    private boolean addRow(OfDay of, AccessQuestion right, List<Tally> tallies) {
        return database.insertIfAbsent(
                "used_right",
                "credential, epoch_day, resource, action, object, uses, last_at",
                of.credential(),
                of.day().toEpochDay(),
                right.resource(),
                right.action(),
                right.object(),
                0L,
                tallies.stream()
                        .filter(each -> each.right().equals(right))
                        .map(Tally::lastAt)
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
    }

    @Override
    public List<Used> of(String credential, LocalDate since) {
        return database
                .list(
                        """
                        select resource, action, object, sum(uses) as uses, max(last_at) as last_at from used_right
                        where credential = ? and epoch_day >= ?
                        group by resource, action, object""",
                        columns -> new Used(
                                new AccessQuestion(
                                        columns.text("resource"), columns.text("action"), columns.text("object")),
                                columns.bigNumber("uses"),
                                columns.instant("last_at")),
                        credential,
                        since.toEpochDay())
                .stream()
                .sorted(Comparator.comparing((Used each) -> each.right().resource())
                        .thenComparing(each -> each.right().action())
                        .thenComparing(each -> each.right().object()))
                .toList();
    }

    @Override
    public int forgetBefore(LocalDate day) {
        return database.write("delete from used_right where epoch_day < ?", day.toEpochDay());
    }
}
