package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.CleanUp;
import dev.gatehouse.domain.token.CleanUpId;
import dev.gatehouse.domain.token.CleanUpOrder;
import dev.gatehouse.domain.token.CleanUps;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
final class JdbcCleanUps implements CleanUps {
    private static final String SELECT = "select " + CleanUpRow.COLUMNS + " from token_clean_up";
    private static final String ITEM = "clean_up, place, token_id, token_name, kind, subject, reason";
    private static final String OLD = " from token_clean_up where state <> 'running' and started_at < ?";

    private final Database database;
    private final Transactions transactions;
    private final CleanUpMeters meters;

    JdbcCleanUps(Database database, Transactions transactions, CleanUpMeters meters) {
        this.database = database;
        this.transactions = transactions;
        this.meters = meters;
    }

    @Override
    public boolean insert(CleanUp run) {
        return transactions.inTransaction(() -> {
            if (!database.insertIfAbsent(
                    "token_clean_up", CleanUpRow.COLUMNS, CleanUpRow.of(run).values())) return false;
            addItems(run, 0);
            return true;
        });
    }

    @Override
    public Optional<CleanUp> find(CleanUpId id) {
        return find(id, "");
    }

    @Override
    public Optional<CleanUp> hold(CleanUpId id) {
        return find(id, " for update");
    }

    private Optional<CleanUp> find(CleanUpId id, String lock) {
        return database.first(SELECT + " where id = ?" + lock, CleanUpRow::read, id.value())
                .map(this::withItems);
    }

    private CleanUp withItems(CleanUpRow row) {
        return row.toDomain(database.list(
                "select " + ITEM + " from token_clean_up_item where clean_up = ? order by place",
                JdbcCleanUps::item,
                row.id()));
    }

    private static CleanUp.Item item(Columns columns) {
        return new CleanUp.Item(
                new TokenId(columns.text("token_id")),
                new TokenName(columns.text("token_name")),
                TokenFilter.Kind.of(columns.text("kind")).orElseThrow(),
                columns.text("subject"),
                CleanUpOrder.Reason.of(columns.text("reason")).orElseThrow());
    }

    @Override
    public boolean update(CleanUp run) {
        CleanUpRow row = CleanUpRow.of(run);
        return transactions.inTransaction(() -> {
            CleanUp.Progress before = reached(row.id());
            boolean there = database.write(
                            """
                            update token_clean_up set place = ?, examined = ?, total = ?, revoked = ?, removed = ?,
                            state = ?, worker = ?, worker_until = ?, finished_at = ?
                            where id = ?""",
                            row.place(),
                            row.examined(),
                            row.total(),
                            row.revoked(),
                            row.removed(),
                            row.state(),
                            row.worker(),
                            row.workerUntil(),
                            row.finishedAt(),
                            row.id())
                    == 1;
            if (there && !run.progress().items().isEmpty())
                addItems(
                        run,
                        database.first(
                                        "select cast(count(*) as int) as stored from token_clean_up_item"
                                                + " where clean_up = ?",
                                        columns -> columns.number("stored"),
                                        row.id())
                                .orElse(0));
            if (there && !run.dryRun()) database.atCommit(() -> {}, () -> meters.wentOn(before, run));
            return there;
        });
    }

    private CleanUp.Progress reached(String id) {
        return database.first(
                        "select examined, total, revoked, removed from token_clean_up where id = ?",
                        columns -> new CleanUp.Progress(
                                columns.bigNumber("examined"),
                                columns.bigNumber("total"),
                                columns.bigNumber("revoked"),
                                columns.bigNumber("removed"),
                                List.of()),
                        id)
                .orElseGet(() -> CleanUp.Progress.of(0));
    }

    private void addItems(CleanUp run, int stored) {
        List<CleanUp.Item> items = run.progress().items();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = stored; i < items.size(); i++) {
            CleanUp.Item each = items.get(i);
            rows.add(new @Nullable Object[] {
                run.id().value(),
                i,
                each.id().value(),
                each.name().value(),
                each.kind().word(),
                each.subject(),
                each.reason().word()
            });
        }
        database.writeEach("insert into token_clean_up_item (" + ITEM + ") values (?, ?, ?, ?, ?, ?, ?)", rows);
    }

    /** Every process asks this all the time, so that here it learns what the others did, too. */
    @Override
    public List<CleanUp> unfinished() {
        database.first(
                        "select max(finished_at) as last from token_clean_up where state = ? and dry_run = ?",
                        columns -> Optional.ofNullable(columns.instantOrNull("last")),
                        CleanUpRow.DONE,
                        false)
                .flatMap(each -> each)
                .ifPresent(meters::wasDone);
        return database
                .list(
                        SELECT + " where state = ? order by started_at, id limit 100",
                        CleanUpRow::read,
                        CleanUpRow.RUNNING)
                .stream()
                .map(this::withItems)
                .toList();
    }

    @Override
    public int forgetBefore(Instant moment) {
        return transactions.inTransaction(() -> {
            database.write("delete from token_clean_up_item where clean_up in (select id" + OLD + ")", moment);
            return database.write("delete" + OLD, moment);
        });
    }
}
