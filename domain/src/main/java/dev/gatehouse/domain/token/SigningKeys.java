package dev.gatehouse.domain.token;

import java.util.List;

/** The store of signing keys. */
public interface SigningKeys {
    /** Every key, the newest first; keys of one instant by {@code kid}. */
    List<SigningKey> all();

    /**
     * Adds a key only if there is none yet, so that processes that start together end up with one.
     *
     * @return whether it was added
     */
    boolean insertFirst(SigningKey key);
}
