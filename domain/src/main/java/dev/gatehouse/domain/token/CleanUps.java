package dev.gatehouse.domain.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The runs of the clean-up of tokens, and what they did. */
public interface CleanUps {
    /**
     * Adds a run.
     *
     * @return false when there was one of this id: of two who add it at once one does
     */
    boolean insert(CleanUp run);

    /** The run of this id, as last committed or as written in this transaction. */
    Optional<CleanUp> find(CleanUpId id);

    /** As {@link #find}, and nobody else holds or changes it until the caller's transaction ends; who tries meanwhile waits. */
    Optional<CleanUp> hold(CleanUpId id);

    /**
     * Writes down how far a run got and where it stands. Who asked, and for what, stays as it was; items are only added.
     *
     * @return false when there is none of this id
     */
    boolean update(CleanUp run);

    /** Those that are not finished, the oldest first, then by id; at most a hundred. */
    List<CleanUp> unfinished();

    /**
     * Removes the finished ones that were started before this moment.
     *
     * @return how many this call removed
     */
    int forgetBefore(Instant moment);
}
