package dev.gatehouse.adapters.persistence;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Optional;

/**
 * The connections of this process. A bean of its own, because what Micronaut hands out as {@code DataSource} gives
 * connections inside its own calls only, and does not close.
 *
 * @param server what opens them; absent for the embedded database
 */
record ConnectionPool(HikariDataSource source, Optional<PostgresConnections> server) implements AutoCloseable {
    /** A pool of the embedded database, which nothing stands between. */
    static ConnectionPool embedded(HikariDataSource source) {
        return new ConnectionPool(source, Optional.empty());
    }

    /** Breaks every connection to a server. */
    void breakAll() {
        server.ifPresent(PostgresConnections::breakAll);
    }

    @Override
    public void close() {
        source.close();
    }
}
