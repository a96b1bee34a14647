package dev.gatehouse.application.session;

/** What the service does for itself about sessions that are over. */
public interface TidyingSessions {
    /**
     * Ends those that nobody used for too long, and removes those that have been over for a week. Safe to repeat, and safe
     * for several processes at once. Blocks.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when the store does not answer
     */
    void tidyUp();
}
