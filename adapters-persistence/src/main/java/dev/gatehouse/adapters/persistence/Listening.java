package dev.gatehouse.adapters.persistence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.postgresql.PGConnection;

/**
 * A connection beside those of the pool, on which PostgreSQL tells of what others commit. Its reads wait for nobody who
 * keeps the pool busy, and give up after a second on a server that went silent. For one thread.
 *
 * <p>Every method refuses as unavailable when the database cannot serve now; then it is of no more use.
 */
public final class Listening implements AutoCloseable {
    private static final String SECONDS = "1";

    private final ConnectionPool pool;
    private final Connection connection;

    private Listening(ConnectionPool pool, Connection connection) {
        this.pool = pool;
        this.connection = connection;
    }

    static Listening open(ConnectionPool pool, String channel) {
        requireOpen(pool);
        Properties properties = new Properties();
        properties.putAll(pool.source().getDataSourceProperties());
        properties.setProperty("user", pool.source().getUsername());
        properties.setProperty("password", pool.source().getPassword());
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("socketTimeout", SECONDS);
        try {
            Connection connection = DriverManager.getConnection(pool.source().getJdbcUrl(), properties);
            try (var statement = connection.createStatement()) {
                statement.execute("listen " + channel);
                return new Listening(pool, connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqlErrors.unavailable(e);
        }
    }

    /** The rows that a query answers, in its order; a parameter is a number. */
    public <T> List<T> list(String sql, Function<Columns, T> reader, long parameter) {
        requireOpen(pool);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, parameter);
            List<T> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                Columns columns = new Columns(found);
                while (found.next()) rows.add(reader.apply(columns));
            }
            return rows;
        } catch (SQLException e) {
            throw SqlErrors.unavailable(e);
        }
    }

    /** Waits until somebody tells of something, or for this long. */
    public void await(Duration longest) {
        try {
            connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(longest.toMillis()));
        } catch (SQLException e) {
            throw SqlErrors.unavailable(e);
        }
    }

    /** Whether what one of these threw says that the server gave no answer at all, rather than a bad one. */
    public static boolean heardNothing(RuntimeException failure) {
        return SqlErrors.isConnectionLost(failure);
    }

    private static void requireOpen(ConnectionPool pool) {
        if (pool.source().isClosed()) throw SqlErrors.unavailable(new SQLException("the pool is closed"));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqlErrors.unavailable(e);
        }
    }
}
