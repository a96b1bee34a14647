package dev.gatehouse.adapters.persistence;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is, {@code gatehouse.database.*}. The address alone says which kind it is.
 *
 * @param url {@code jdbc:postgresql:…}, or {@code jdbc:h2:file:…} as {@link EmbeddedDatabase#url} makes it
 * @param username who signs in there
 * @param password possibly none
 * @param connections how many connections this process holds, 2 to 1000
 */
@ConfigurationProperties("gatehouse.database")
public record DatabaseSettings(
        String url,
        @Bindable(defaultValue = "gatehouse") String username,
        @Nullable String password,
        @Bindable(defaultValue = "10") int connections) {
    private static final int LEAST = 2;
    private static final int MOST = 1_000;

    public DatabaseSettings {
        if (connections < LEAST || connections > MOST)
            throw new IllegalArgumentException(
                    "gatehouse.database.connections is " + LEAST + " to " + MOST + ", not " + connections);
        Dialect.of(url);
    }

    Dialect dialect() {
        return Dialect.of(url);
    }

    /** The address and the password may both hold a secret. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + dialect() + ", " + connections + " connections]";
    }
}
