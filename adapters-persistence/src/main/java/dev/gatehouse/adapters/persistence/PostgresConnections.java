package dev.gatehouse.adapters.persistence;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Opens the connections of the pool to PostgreSQL, and can break all of them at once: whoever waits for an answer on one is
 * told so, however long the statement might take.
 */
final class PostgresConnections implements DataSource {
    private final String url;
    private final Properties properties;
    private final Set<Connection> opened = ConcurrentHashMap.newKeySet();

    /** @param properties what the driver is told; what stands in the address counts more */
    PostgresConnections(String url, Properties properties) {
        this.url = url;
        this.properties = properties;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return opened(properties);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("user", username);
        all.setProperty("password", password);
        return opened(all);
    }

    private Connection opened(Properties all) throws SQLException {
        opened.removeIf(PostgresConnections::isClosed);
        Connection connection = DriverManager.getConnection(url, all);
        opened.add(connection);
        return connection;
    }

    /** Breaks every connection, those in use first of all. Waits for nothing. */
    void breakAll() {
        for (Connection each : opened) {
            try {
                each.abort(Runnable::run);
            } catch (SQLException e) {
                // It is closed already.
            }
        }
        opened.removeIf(PostgresConnections::isClosed);
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    @Override
    public void setLoginTimeout(int seconds) {
        properties.setProperty("loginTimeout", Integer.toString(seconds));
    }

    @Override
    public int getLoginTimeout() {
        return Integer.parseInt(properties.getProperty("loginTimeout", "0"));
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) return type.cast(this);
        throw new SQLException("this is no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
