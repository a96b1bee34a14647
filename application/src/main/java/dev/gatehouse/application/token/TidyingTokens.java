package dev.gatehouse.application.token;

import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.CleanUpOrder;
import java.time.Duration;
import java.util.Optional;

/** What the service does for itself about tokens that nobody needs. */
public interface TidyingTokens {
    /**
     * The clean-up that the operator wants from time to time.
     *
     * @param order absent: none
     */
    record Schedule(Duration period, Optional<CleanUpOrder> order) {
        /** Never. */
        public static final Schedule NEVER = new Schedule(Duration.ofDays(1), Optional.empty());
    }

    /**
     * Begins the scheduled clean-up when its time has come, goes on with every run that nobody is at, to its end, and
     * forgets old reports. Safe for several processes at once: each run is done once, and by one of them at a time. Blocks,
     * for as long as the runs take.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when the store does not answer; the next call goes on
     */
    void tidyUp(Origin origin);
}
