package dev.gatehouse.adapters.persistence.access;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.adapters.persistence.Listening;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.SeenChanges;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.ProjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log as a table. Whoever appends raises the one row of {@code access_change} and holds it until the commit, so that
 * the order of numbers is the order of commits and no number is missing below one that can be read.
 */
final class ChangeLog {
    /** Where PostgreSQL tells that something was appended. */
    static final String CHANNEL = "gatehouse_access";

    /** How many rows stay; a process that is further behind forgets everything. */
    static final int KEPT = 10_000;

    private final Database database;
    private final String node;
    private final String read;

    /** @param node a name of this process that no other one has */
    ChangeLog(Database database, String node) {
        this.database = database;
        this.node = node;
        this.read = "select c.changes, " + database.now()
                + " as told_at, l.number, l.kind, l.name, l.node, l.changed_at"
                + " from access_change c left join access_log l on l.number > ? and l.number > c.changes - " + KEPT
                + " order by l.number";
    }

    /**
     * What was read.
     *
     * @param rows after the number asked for
     * @param end the last number given out
     * @param at the database's time
     * @param delays how long before that other processes appended what is new
     */
    record Tail(List<SeenChanges.Numbered> rows, long end, Instant at, List<Duration> delays) {}

    /**
     * Appends, as the last statement of a transaction: the row that everybody writes is held for a moment only.
     *
     * @return the number of the first one; the others follow it
     */
    long append(List<AccessChange> changes) {
        return database.isEmbedded() ? appendStepwise(changes) : appendAtOnce(changes);
    }

    private long appendStepwise(List<AccessChange> changes) {
        database.write("update access_change set changes = changes + ?", changes.size());
        long first = end() - changes.size() + 1;
        for (int i = 0; i < changes.size(); i++)
            database.write(
                    "insert into access_log (number, kind, name, node, changed_at) values (?, ?, ?, ?, "
                            + database.now() + ")",
                    first + i,
                    Stored.kindOf(changes.get(i)),
                    Stored.nameOf(changes.get(i)),
                    node);
        return first;
    }

    /** One round trip, and the others are told with the commit. */
    private long appendAtOnce(List<AccessChange> changes) {
        List<Object> parameters = new ArrayList<>();
        parameters.add(changes.size());
        parameters.add(node);
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < changes.size(); i++) {
            values.append(i == 0 ? "" : ", ").append("(").append(i).append(", ?::varchar, ?::varchar)");
            parameters.add(Stored.kindOf(changes.get(i)));
            parameters.add(Stored.nameOf(changes.get(i)));
        }
        String sql = "with counted as (update access_change set changes = changes + ? returning changes),"
                + " logged as (insert into access_log (number, kind, name, node, changed_at)"
                + " select counted.changes - " + (changes.size() - 1) + " + new.place, new.kind, new.name, ?, "
                + database.now() + " from counted, (values " + values + ") as new (place, kind, name)"
                + " returning number)"
                + " select min(number) as number, pg_notify('" + CHANNEL + "', '') from logged";
        return database.first(sql, columns -> columns.bigNumber("number"), parameters.toArray())
                .orElseThrow(ChangeLog::gone);
    }

    private long end() {
        return database.first("select changes from access_change", columns -> columns.bigNumber("changes"))
                .orElseThrow(ChangeLog::gone);
    }

    /** What came after this number. */
    Tail readAfter(long number) {
        return tail(database.list(read, Row::of, number));
    }

    /** The same over a connection of its own. */
    Tail readAfter(long number, Listening connection) {
        return tail(connection.list(read, Row::of, number));
    }

    /** Removes what nobody needs who keeps up. */
    void purge() {
        database.write("delete from access_log where number <= (select changes from access_change) - ?", (long) KEPT);
    }

    private Tail tail(List<Row> found) {
        if (found.isEmpty()) throw gone();
        List<SeenChanges.Numbered> rows = new ArrayList<>();
        List<Duration> delays = new ArrayList<>();
        for (Row each : found) {
            Optional<SeenChanges.Numbered> change = each.toDomain();
            change.ifPresent(rows::add);
            if (change.isPresent() && !node.equals(each.node()) && each.changedAt() != null)
                delays.add(Duration.between(each.changedAt(), each.toldAt()));
        }
        Row last = found.getLast();
        return new Tail(rows, last.end(), last.toldAt(), delays);
    }

    private static IllegalStateException gone() {
        return new IllegalStateException("the row that counts the changes is gone");
    }

    /** The end of the log, and one row of it unless nothing is new. */
    private record Row(
            long end,
            Instant toldAt,
            long number,
            @Nullable String kind,
            @Nullable String name,
            @Nullable String node,
            @Nullable Instant changedAt) {
        static Row of(Columns columns) {
            return new Row(
                    columns.bigNumber("changes"),
                    columns.instant("told_at"),
                    columns.bigNumber("number"),
                    columns.textOrNull("kind"),
                    columns.textOrNull("name"),
                    columns.textOrNull("node"),
                    columns.instantOrNull("changed_at"));
        }

        Optional<SeenChanges.Numbered> toDomain() {
            return kind == null || name == null
                    ? Optional.empty()
                    : Optional.of(new SeenChanges.Numbered(number, Stored.change(kind, name)));
        }
    }

    /** A change in two columns. */
    private static final class Stored {
        static String kindOf(AccessChange change) {
            return switch (change) {
                case AccessChange.OfCredential credential -> "credential";
                case AccessChange.OfAccount account -> "account";
                case AccessChange.OfProject project -> "project";
                case AccessChange.OfPolicy policy -> "policy";
                case AccessChange.OfKeys keys -> "keys";
                case AccessChange.OfPasswordForms forms -> "passwordForms";
                case AccessChange.OfEverything everything -> "everything";
            };
        }

        static String nameOf(AccessChange change) {
            return switch (change) {
                case AccessChange.OfCredential(String id) -> id;
                case AccessChange.OfAccount(Username name) -> name.value();
                case AccessChange.OfProject(ProjectName name) -> name.value();
                case AccessChange.OfPolicy policy -> "";
                case AccessChange.OfKeys keys -> "";
                case AccessChange.OfPasswordForms forms -> "";
                case AccessChange.OfEverything everything -> "";
            };
        }

        /** A kind that a newer version of this service wrote may mean anything. */
        static AccessChange change(String kind, String name) {
            return switch (kind) {
                case "credential" -> new AccessChange.OfCredential(name);
                case "account" ->
                    Username.ifValid(name)
                            .<AccessChange>map(AccessChange.OfAccount::new)
                            .orElseGet(AccessChange.OfEverything::new);
                case "project" ->
                    ProjectName.ifValid(name)
                            .<AccessChange>map(AccessChange.OfProject::new)
                            .orElseGet(AccessChange.OfEverything::new);
                case "policy" -> new AccessChange.OfPolicy();
                case "keys" -> new AccessChange.OfKeys();
                case "passwordForms" -> new AccessChange.OfPasswordForms();
                default -> new AccessChange.OfEverything();
            };
        }
    }
}
