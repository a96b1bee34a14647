package dev.gatehouse.adapters.persistence;

import java.util.Locale;

/** The two databases this room speaks to. */
enum Dialect {
    H2,
    POSTGRESQL;

    static Dialect of(String url) {
        if (url.startsWith("jdbc:h2:")) return H2;
        if (url.startsWith("jdbc:postgresql:")) return POSTGRESQL;
        throw new IllegalArgumentException(
                "gatehouse.database.url begins with jdbc:postgresql: or jdbc:h2:, and nothing else is known here");
    }

    /** Where the migrations lie: those for every database, and those for this one. */
    String[] migrations() {
        return new String[] {
            "classpath:db/migration/common", "classpath:db/migration/" + name().toLowerCase(Locale.ROOT)
        };
    }
}
