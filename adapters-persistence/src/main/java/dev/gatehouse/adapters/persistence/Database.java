package dev.gatehouse.adapters.persistence;

import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.support.TransactionSynchronization;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements: on the transaction's connection where one is open, otherwise each on its own. A parameter is a
 * {@code String}, {@code Integer}, {@code Long}, {@code Boolean}, an {@code Instant}, a {@code List} of strings for
 * {@code any(?)}, or null; texts and instants come back exactly as they went in, instants to the microsecond.
 *
 * <p>Every method refuses as unavailable when the database cannot serve now.
 */
@Singleton
public final class Database {
    private final ConnectionOperations<Connection> connections;
    private final TransactionOperations<Connection> transactions;
    private final JdbcTransactions ownTransactions;
    private final GroupCommit commits;
    private final ConnectionPool pool;
    private final SharedHolds holds;
    private final boolean embedded;

    Database(
            DatabaseSettings settings,
            ConnectionPool pool,
            ConnectionOperations<Connection> connections,
            TransactionOperations<Connection> transactions,
            JdbcTransactions ownTransactions,
            GroupCommit commits,
            SharedHolds holds) {
        this.connections = connections;
        this.transactions = transactions;
        this.ownTransactions = ownTransactions;
        this.commits = commits;
        this.pool = pool;
        this.holds = holds;
        this.embedded = settings.dialect() == Dialect.H2;
    }

    /**
     * Ends a query whose rows nobody may change until the transaction ends. H2 knows no lock that several can share: what
     * many hold at once is shared by {@link #share}.
     */
    public String holding() {
        return embedded ? " for update" : " for share";
    }

    /**
     * In the embedded database, holds a row together with others until the transaction ends, so that {@link #changing} waits;
     * outside a transaction it holds nothing. PostgreSQL does that by {@link #holding}.
     *
     * @param row a name for it, the same as for {@link #changing}
     */
    public void share(String row) {
        if (embedded && ownTransactions.isOpen()) holds.share(row);
    }

    /** Changes a row once no other transaction shares it any more, and keeps all from it until this one ends. */
    public <T> T changing(String row, Supplier<T> change) {
        if (!embedded) return change.get();
        boolean inTransaction = ownTransactions.isOpen();
        holds.own(row);
        try {
            return change.get();
        } finally {
            if (!inTransaction) holds.release();
        }
    }

    /** Whether no other process can use it while this one does. */
    public boolean isEmbedded() {
        return embedded;
    }

    /** The time by the database's clock, as an expression; the embedded one has the clock of this process. */
    public String now() {
        return embedded ? "current_timestamp" : "clock_timestamp()";
    }

    /**
     * A connection of its own that hears what is told on a channel; PostgreSQL only.
     *
     * @param channel a name that needs no quotes
     */
    public Listening listen(String channel) {
        return Listening.open(pool, channel);
    }

    /**
     * Breaks every connection, so that nobody goes on waiting for a server that answers nobody: whoever waits is refused as
     * unavailable. Later ones are made anew. Does nothing to the embedded database.
     */
    public void breakConnections() {
        pool.breakAll();
    }

    /** The rows that a query answers, in its order. */
    public <T> List<T> list(String sql, Function<Columns, T> reader, @Nullable Object... parameters) {
        return run(sql, parameters, statement -> {
            List<T> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                Columns columns = new Columns(found);
                while (found.next()) rows.add(reader.apply(columns));
            }
            return rows;
        });
    }

    /** The first row that a query answers. */
    public <T> Optional<T> first(String sql, Function<Columns, T> reader, @Nullable Object... parameters) {
        return run(sql, parameters, statement -> {
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(reader.apply(new Columns(found))) : Optional.empty();
            }
        });
    }

    /**
     * Changes rows.
     *
     * @return how many
     * @throws DuplicateKey when a unique value is taken; the transaction, if there is one, is of no more use
     */
    public int write(String sql, @Nullable Object... parameters) {
        return change(() -> run(sql, parameters, PreparedStatement::executeUpdate));
    }

    /** Changes rows by one statement, once for each of these lists of parameters, in one go. */
    public void writeEach(String sql, List<@Nullable Object[]> parameters) {
        if (parameters.isEmpty()) return;
        change(() -> run(sql, new @Nullable Object[0], statement -> {
            for (@Nullable Object[] each : parameters) {
                for (int i = 0; i < each.length; i++) bind(statement, i + 1, each[i]);
                statement.addBatch();
            }
            return statement.executeBatch();
        }));
    }

    /** What the embedded database is told is stored at the end of our transactions; the server stores at each commit. */
    private <T> T change(Supplier<T> change) {
        return embedded && !ownTransactions.isOpen() ? ownTransactions.inTransaction(change) : change.get();
    }

    /**
     * Adds one row.
     *
     * @param columns the names of all columns that get a value, separated by commas
     * @throws DuplicateKey as {@link #write}
     */
    public void insert(String table, String columns, @Nullable Object... values) {
        write(insertion(table, columns, values.length), values);
    }

    /**
     * Adds one row, unless one of its unique values is taken: then nothing happens, and an open transaction goes on.
     *
     * @param columns as for {@link #insert}
     * @return whether it was added
     */
    public boolean insertIfAbsent(String table, String columns, @Nullable Object... values) {
        return write(insertion(table, columns, values.length) + " on conflict do nothing", values) == 1;
    }

    /**
     * As {@link #insertIfAbsent}, rows of one table in one go.
     *
     * @param rows the values of each, in the order of the columns, as many in each
     */
    public void insertEachIfAbsent(String table, String columns, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) return;
        writeEach(insertion(table, columns, rows.getFirst().length) + " on conflict do nothing", rows);
    }

    private static String insertion(String table, String columns, int values) {
        return "insert into " + table + " (" + columns + ") values ("
                + String.join(", ", Collections.nCopies(values, "?")) + ")";
    }

    /**
     * Lets two steps happen with the open transaction: one as its last statements, one when it is committed and before
     * its caller goes on. Neither happens when it is rolled back.
     */
    public void atCommit(Runnable lastStatements, Runnable committed) {
        transactions
                .findTransactionStatus()
                .orElseThrow(() -> new IllegalStateException("no transaction is open"))
                .registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        lastStatements.run();
                    }

                    @Override
                    public void afterCommit() {
                        committed.run();
                    }
                });
    }

    /**
     * Adds what is done when the embedded database was opened anew after its file failed: rows that were read before may be
     * gone though nobody removed them, and their numbers may be given out again. It is done before anything that is written
     * then is acknowledged. Does nothing on PostgreSQL.
     */
    public void whenReopened(Runnable step) {
        commits.whenReopened(step);
    }

    private <T> T run(String sql, @Nullable Object[] parameters, Step<T> step) {
        try {
            return connections.execute(ConnectionDefinition.DEFAULT, status -> {
                try (PreparedStatement statement = status.getConnection().prepareStatement(sql)) {
                    for (int i = 0; i < parameters.length; i++) bind(statement, i + 1, parameters[i]);
                    return step.on(statement);
                } catch (SQLException e) {
                    throw SqlErrors.translate(e);
                }
            });
        } catch (RuntimeException e) {
            throw SqlErrors.translate(e);
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object parameter) throws SQLException {
        switch (parameter) {
            case null -> statement.setObject(index, null);
            case String text -> statement.setString(index, StoredForm.of(text));
            case Integer number -> statement.setInt(index, number);
            case Long number -> statement.setLong(index, number);
            case Boolean flag -> statement.setBoolean(index, flag);
            case Instant instant -> statement.setObject(index, StoredForm.of(instant));
            case List<?> texts -> {
                Object[] stored =
                        texts.stream().map(each -> StoredForm.of((String) each)).toArray();
                statement.setArray(index, statement.getConnection().createArrayOf("varchar", stored));
            }
            default -> throw new IllegalArgumentException("no column takes a " + parameter.getClass());
        }
    }

    /** What is done with a statement whose parameters are set. */
    @FunctionalInterface
    private interface Step<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
