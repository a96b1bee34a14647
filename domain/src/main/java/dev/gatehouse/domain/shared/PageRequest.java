package dev.gatehouse.domain.shared;

import java.util.Optional;

/**
 * Which part of a list is wanted. A row that exists throughout is neither skipped nor repeated while the list changes.
 *
 * @param limit how many items at most, 1 to 1000
 * @param after the {@link Page#next()} of the page before; absent for the first
 */
public record PageRequest(int limit, Optional<String> after) {
    public static final int MOST = 1000;

    /** What a request for a page can break. */
    public enum Broken implements Rule {
        /** The limit is not 1 to 1000. Argument: what was asked. */
        LIMIT,
        /** The place to go on from was not given out by this list. */
        CONTINUE
    }

    public PageRequest {
        if (limit < 1 || limit > MOST) throw new Refusal.Invalid("limit", Broken.LIMIT, Integer.toString(limit));
    }
}
