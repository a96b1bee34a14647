package dev.gatehouse.application.token;

import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.token.CleanUp;
import dev.gatehouse.domain.token.CleanUpOrder;
import java.util.Optional;

/**
 * Taking away tokens that nobody needs (Gatehouse contract 4): with {@code tokens, delete} on everything that the order
 * reaches, which is {@code <project>/*} or, without a project, all there is. Who may do so with a part of it alone may not
 * do it at all: what a clean-up leaves out is because of the order, never because of who asked.
 */
public interface CleaningUpTokens {
    /**
     * Begins a run, and does all of it if that is not much; otherwise it goes on when this has returned, here or in
     * another process. The right to it is asked for once, now.
     *
     * @param dryRun only tells what it would do; nothing is written but the report
     * @param repetition absent: each request begins another
     * @return as far as it got; of the same request again, as far as the run got that it began
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden whether or not there is such a project
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when there is no such project
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid naming what is wrong with the order
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when the idempotency key stands for another request
     */
    CleanUp start(Caller caller, CleanUpOrder order, boolean dryRun, Optional<Repetition> repetition);

    /**
     * How far a run got, for who asked for it and for who might. Reports are kept for thirty days.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden whether or not there is such a run
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when there is none, for those who may clean up everything
     */
    CleanUp get(Caller caller, String id);

    /**
     * Stops a run; what it did stays done. One that is over stays as it is.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden as {@link #get}
     */
    CleanUp cancel(Caller caller, String id);
}
