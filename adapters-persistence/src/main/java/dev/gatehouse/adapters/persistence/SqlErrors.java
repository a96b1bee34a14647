package dev.gatehouse.adapters.persistence;

import dev.gatehouse.domain.shared.Refusal;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Tells a database that cannot serve now from a mistake in this room. */
final class SqlErrors {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int CLASS_LENGTH = 2;
    private static final int LONGEST_CHAIN = 20;

    private static final String LOCKED = "55P03";

    /**
     * Classes of SQLState (PostgreSQL appendix A): 08 connection, 40 rolled back (deadlock, serialization), 53 no room,
     * 57 stopped by an operator or a time limit, 58 an error of its system.
     */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    /** Single states: those of PostgreSQL first, then those of H2, whose state is its error code. */
    private static final Set<String> STATES = Set.of(
            "25006", // read-only: a standby, or one that has just lost its role
            "25P03", // idle in a transaction for too long
            LOCKED, // a lock was not to be had in time
            "HYT00", // a lock was not to be had in time
            "50100", // no room on the disk
            "90007", // the object is closed: so is the connection
            "90020", // the file is in use: while it is opened again
            "90028", // input or output failed
            "90031", // input or output failed
            "90067", // the connection is broken
            "90098", // the database is closed
            "90121", // the database is closed, at shutdown
            "90131", // changed by somebody else for too long
            "90135"); // somebody has the database for himself

    private static final String DUPLICATE = "23505";

    private SqlErrors() {}

    /** What to throw for this: a refusal, {@link DuplicateKey}, or the same failure unchecked. */
    static RuntimeException translate(SQLException e) {
        if (isUnavailable(e)) return unavailable(e);
        if (DUPLICATE.equals(e.getSQLState())) return new DuplicateKey(e);
        return new IllegalStateException("the database refused a statement: SQLState " + e.getSQLState(), e);
    }

    /** What to throw for this: a refusal where a lost database is the cause, else the same. */
    static RuntimeException translate(RuntimeException e) {
        if (e instanceof Refusal) return e;
        return causeOf(e)
                .filter(SqlErrors::isUnavailable)
                .<RuntimeException>map(cause -> unavailable(e))
                .orElse(e);
    }

    static Refusal unavailable(Throwable cause) {
        return new Refusal.Unavailable("database", RETRY_AFTER, cause);
    }

    /** Whether the database answers and refuses the user, the password or the name of the database. */
    static boolean isNotLetIn(RuntimeException e) {
        String state = causeOf(e).map(SQLException::getSQLState).orElse("");
        return state.startsWith("28") || state.equals("3D000");
    }

    /** Whether PostgreSQL ended a statement that waited for a lock for longer than it may. */
    static boolean isLockedForTooLong(RuntimeException e) {
        return causeOf(e).map(SQLException::getSQLState).filter(LOCKED::equals).isPresent();
    }

    /** Whether the server gave no answer: SQLState class 08. */
    static boolean isConnectionLost(Throwable e) {
        return causeOf(e)
                .map(SQLException::getSQLState)
                .filter(each -> each.startsWith("08"))
                .isPresent();
    }

    static Optional<SQLException> causeOf(Throwable e) {
        Throwable each = e;
        for (int i = 0; each != null && i < LONGEST_CHAIN; i++, each = each.getCause())
            if (each instanceof SQLException found) return Optional.of(found);
        return Optional.empty();
    }

    private static boolean isUnavailable(SQLException e) {
        if (e instanceof SQLTransientConnectionException) return true;
        String state = e.getSQLState();
        // Only the pool throws without a state: it is closed, or the connection was taken out of it.
        if (state == null) return true;
        return STATES.contains(state)
                || (state.length() > CLASS_LENGTH && CLASSES.contains(state.substring(0, CLASS_LENGTH)));
    }
}
