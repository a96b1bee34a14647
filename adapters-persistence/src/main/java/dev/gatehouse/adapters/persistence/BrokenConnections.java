package dev.gatehouse.adapters.persistence;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Tells the pool, which makes it by its name, after which errors it must not hand out the connection again. It knows
 * those of every database by itself, but not that H2 closes its file when the disk is full, and opens it again for a new
 * connection only.
 */
public final class BrokenConnections implements SQLExceptionOverride {
    private static final Set<String> STATES = Set.of(
            "25006", // PostgreSQL: read-only, for instance a server that has just lost its role
            "90007", // H2, from here on: the object is closed
            "90028", // input or output failed
            "90031", // input or output failed
            "90067", // the connection is broken
            "90098", // the database is closed
            "90121"); // the database is closed, at shutdown

    public BrokenConnections() {}

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        String state = e.getSQLState();
        return state != null && STATES.contains(state) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
