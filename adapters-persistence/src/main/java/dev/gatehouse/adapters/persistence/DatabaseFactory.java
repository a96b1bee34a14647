package dev.gatehouse.adapters.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.h2.api.ErrorCode;

/** Opens the database, brings its tables up to date and hands out connections. */
@Factory
final class DatabaseFactory {
    private static final long CONNECTION_WAIT_MILLIS = 2_500;
    private static final long VALIDATION_WAIT_MILLIS = 1_500;
    private static final long KEEPALIVE_MILLIS = 60_000;
    private static final long CONNECTION_LIFE_MILLIS = 1_800_000;
    private static final String WAIT_FOR_A_LOCK = "set lock_timeout = '5s'";

    /**
     * @throws DatabaseInUse when another process holds the embedded database
     * @throws ConfigurationException in words for people, when a migration had to wait for a lock for too long
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when the database does not answer, or lets nobody in with
     *     these settings
     */
    @Singleton
    @Bean(preDestroy = "close")
    ConnectionPool pool(DatabaseSettings settings) {
        try {
            return switch (settings.dialect()) {
                case H2 -> ConnectionPool.embedded(openH2(settings));
                case POSTGRESQL -> openPostgresql(settings);
            };
        } catch (RuntimeException e) {
            throw whyNotOpened(settings, e);
        }
    }

    private static RuntimeException whyNotOpened(DatabaseSettings settings, RuntimeException e) {
        Optional<SQLException> cause = SqlErrors.causeOf(e);
        if (cause.isPresent() && cause.get().getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1)
            return new DatabaseInUse(EmbeddedDatabase.folder(settings.url()), e);
        if (SqlErrors.isLockedForTooLong(e))
            return new ConfigurationException(
                    "the tables could not be brought up to date: another session of the database kept a lock on what has"
                            + " to change for more than 5 s; start again, and where that does not help look in"
                            + " pg_stat_activity for the transaction that is open for long, and end it",
                    e);
        return SqlErrors.isNotLetIn(e) ? SqlErrors.unavailable(e) : SqlErrors.translate(e);
    }

    @Singleton
    @Named("default")
    DataSource dataSource(ConnectionPool pool) {
        return pool.source();
    }

    private static HikariDataSource openH2(DatabaseSettings settings) {
        HikariConfig config = config(settings);
        config.setJdbcUrl(EmbeddedDatabase.complete(settings.url()));
        HikariDataSource pool = new HikariDataSource(config);
        try {
            migrations(settings).dataSource(pool).load().migrate();
            return pool;
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Migrations go over connections of their own: the limits of the pool's are for requests. Only for a lock they wait no
     * longer either: whoever comes after one that waits, waits behind it, and be it to read.
     */
    private static ConnectionPool openPostgresql(DatabaseSettings settings) {
        HikariConfig config = config(settings);
        migrations(settings)
                .initSql(WAIT_FOR_A_LOCK)
                .dataSource(config.getJdbcUrl(), config.getUsername(), config.getPassword())
                .load()
                .migrate();
        // Nobody waits for long: for a lock, for the rest of a lost transaction, or on a server that went silent, of
        // which
        // JdbcAccessChanges knows long before the socket's time is over.
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "20");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "gatehouse");
        // The detail of an error quotes the row, and a row may hold a hash or a sealed secret.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        // A server may be set to acknowledge what a crash makes it forget; what else it is set to promises more.
        config.setConnectionInitSql(WAIT_FOR_A_LOCK + "; set statement_timeout = '15s'; "
                + "set idle_in_transaction_session_timeout = '15s'; "
                + "select set_config('synchronous_commit', 'on', false)"
                + " where current_setting('synchronous_commit') = 'off'");
        PostgresConnections server = new PostgresConnections(settings.url(), config.getDataSourceProperties());
        config.setDataSource(server);
        return new ConnectionPool(new HikariDataSource(config), Optional.of(server));
    }

    private static HikariConfig config(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("gatehouse");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.username());
        config.setPassword(settings.password() == null ? "" : settings.password());
        config.setMaximumPoolSize(settings.connections());
        config.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        config.setValidationTimeout(VALIDATION_WAIT_MILLIS);
        config.setKeepaliveTime(KEEPALIVE_MILLIS);
        config.setMaxLifetime(CONNECTION_LIFE_MILLIS);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setExceptionOverrideClassName(BrokenConnections.class.getName());
        return config;
    }

    private static FluentConfiguration migrations(DatabaseSettings settings) {
        return Flyway.configure().locations(settings.dialect().migrations()).cleanDisabled(true);
    }
}
