package dev.gatehouse.adapters.persistence.audit;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditFilter;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page goes on below the number of the last entry of the page before. */
@Singleton
final class JdbcAuditTrail implements AuditTrail {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final Database database;
    private final EntryNumbers numbers;

    JdbcAuditTrail(Database database, EntryNumbers numbers) {
        this.database = database;
        this.numbers = numbers;
    }

    /** PostgreSQL numbers by itself. */
    @Override
    public void append(AuditEntry entry) {
        @Nullable Object[] values = AuditRow.of(entry).values();
        if (database.isEmbedded()) {
            @Nullable Object[] numbered = Arrays.copyOf(values, values.length + 1);
            numbered[values.length] = numbers.next();
            database.insert("audit_entry", AuditRow.COLUMNS + ", entry_number", numbered);
        } else database.insert("audit_entry", AuditRow.COLUMNS, values);
    }

    @Override
    public Page<Numbered> find(AuditFilter filter, PageRequest page) {
        Conditions wanted = Conditions.of(filter);
        page.after().ifPresent(place -> wanted.add("entry_number < ?", given(place, filter)));
        // One more than asked for, to know whether there is another page.
        List<Numbered> found = database.list(
                "select entry_number, " + AuditRow.COLUMNS + " from audit_entry" + wanted.sql()
                        + " order by entry_number desc limit " + (page.limit() + 1),
                JdbcAuditTrail::read,
                wanted.values());
        if (found.size() <= page.limit()) return new Page<>(found, Optional.empty());
        List<Numbered> items = found.subList(0, page.limit());
        return new Page<>(items, Optional.of(Long.toString(items.getLast().sequence())));
    }

    /** Nothing is ever removed, so a place that was given out still is an entry of this list. */
    private long given(String place, AuditFilter filter) {
        if (NUMBER.matcher(place).matches()) {
            Conditions same = Conditions.of(filter);
            same.add("entry_number = ?", Long.parseLong(place));
            Optional<Long> found = database.first(
                    "select entry_number from audit_entry" + same.sql(),
                    columns -> columns.bigNumber("entry_number"),
                    same.values());
            if (found.isPresent()) return found.get();
        }
        throw new Refusal.Invalid("continue", PageRequest.Broken.CONTINUE);
    }

    private static Numbered read(Columns columns) {
        return new Numbered(
                columns.bigNumber("entry_number"), AuditRow.read(columns).toDomain());
    }

    /** What follows {@code where}, and the values in it. */
    private static final class Conditions {
        private static final Instant FIRST = Instant.parse("-4000-01-01T00:00:00Z");
        private static final Instant LAST = Instant.parse("+200000-01-01T00:00:00Z");

        private final List<String> texts = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        static Conditions of(AuditFilter filter) {
            Conditions conditions = new Conditions();
            filter.from().map(Conditions::next).ifPresent(each -> conditions.add("happened_at >= ?", each));
            filter.to().map(Conditions::next).ifPresent(each -> conditions.add("happened_at < ?", each));
            filter.actor().ifPresent(each -> conditions.add("actor_subject = ?", each));
            if (!filter.actions().isEmpty())
                conditions.add(
                        "action in ("
                                + String.join(
                                        ", ",
                                        Collections.nCopies(filter.actions().size(), "?")) + ")",
                        filter.actions().stream().map(AuditAction::word).toArray());
            filter.target().ifPresent(each -> conditions.add("target_name = ?", each));
            filter.outcome().map(AuditEntry.Outcome::word).ifPresent(each -> conditions.add("outcome = ?", each));
            filter.project().ifPresent(each -> conditions.add("target_project = ?", each));
            return conditions;
        }

        /** The next instant that an entry can have; people may ask for any, also for one that no database knows. */
        private static Instant next(Instant asked) {
            if (asked.isBefore(FIRST)) return FIRST;
            if (asked.isAfter(LAST)) return LAST;
            Instant micros = asked.truncatedTo(ChronoUnit.MICROS);
            return micros.equals(asked) ? asked : micros.plus(1, ChronoUnit.MICROS);
        }

        void add(String text, Object... itsValues) {
            texts.add(text);
            values.addAll(List.of(itsValues));
        }

        String sql() {
            return texts.isEmpty() ? "" : " where " + String.join(" and ", texts);
        }

        Object[] values() {
            return values.toArray();
        }
    }
}
