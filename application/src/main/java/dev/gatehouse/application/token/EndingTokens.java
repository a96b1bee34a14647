package dev.gatehouse.application.token;

/** What the service does for itself about tokens that a change of a policy ended. */
public interface EndingTokens {
    /**
     * Goes on with writing the end of such tokens into their records, until it is in all of them. Safe for several processes
     * at once. Blocks, for as long as that takes.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when the store does not answer; the next call goes on
     */
    void endTokens();
}
