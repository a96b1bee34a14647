package dev.gatehouse.adapters.rest;

import io.micronaut.http.MutableHttpResponse;
import java.util.Optional;

/** Ends a request with a problem, from wherever it was found. */
public final class ProblemRaised extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Optional<RateLimit.Room> room;

    public ProblemRaised(Problem problem) {
        this(problem, Optional.empty());
    }

    /** @param room of who sent too many requests; absent: that is not why */
    ProblemRaised(Problem problem, Optional<RateLimit.Room> room) {
        super(problem.message(), null, false, false);
        this.problem = problem;
        this.room = room;
    }

    public Problem problem() {
        return problem;
    }

    MutableHttpResponse<?> reply() {
        MutableHttpResponse<?> reply = problem.reply();
        room.ifPresent(each -> each.on(reply));
        return reply;
    }
}
