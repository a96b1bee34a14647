package dev.gatehouse.adapters.rest;

/** Ends a request with a problem, from wherever it was found. */
public final class ProblemRaised extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemRaised(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
