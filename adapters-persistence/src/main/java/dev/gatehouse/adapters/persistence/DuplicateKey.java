package dev.gatehouse.adapters.persistence;

import java.sql.SQLException;

/** A unique value is taken already. */
public final class DuplicateKey extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DuplicateKey(SQLException cause) {
        super("a unique value is taken", cause);
    }
}
