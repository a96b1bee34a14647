package dev.gatehouse.domain.shared;

import java.util.function.Supplier;

/** Where writes become one. */
public interface Transactions {
    /**
     * Runs the work; all its writes become visible together when it returns, or none does when it throws, whatever it
     * throws. A nested call joins the outer one. Never hash a password, talk to a network or wait inside.
     *
     * @throws Refusal.Unavailable when the store cannot be reached or has no room; nothing was written, unless
     *     the connection broke in the very act of committing: then nobody knows
     */
    <T> T inTransaction(Supplier<T> work);

    /** As {@link #inTransaction(Supplier)}, for work without an answer. */
    default void inTransaction(Runnable work) {
        inTransaction(() -> {
            work.run();
            return true;
        });
    }
}
