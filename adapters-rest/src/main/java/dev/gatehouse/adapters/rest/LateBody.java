package dev.gatehouse.adapters.rest;

import java.io.EOFException;

/** A body took longer to arrive than a client may take. */
public final class LateBody extends EOFException {
    private static final long serialVersionUID = 1L;

    public LateBody() {
        // The words are those of a client that went away: where nobody reads the body, the log stays silent.
        super("Connection closed before full body was received");
    }
}
