package dev.gatehouse.adapters.persistence;

import com.zaxxer.hikari.HikariDataSource;

/**
 * The connections of this process. A bean of its own, because what Micronaut hands out as {@code DataSource} gives
 * connections inside its own calls only, and does not close.
 */
record ConnectionPool(HikariDataSource source) implements AutoCloseable {
    @Override
    public void close() {
        source.close();
    }
}
