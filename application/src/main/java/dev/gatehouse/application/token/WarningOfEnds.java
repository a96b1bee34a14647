package dev.gatehouse.application.token;

import dev.gatehouse.domain.shared.Origin;

/** What the service does for itself about tokens that are about to end. */
public interface WarningOfEnds {
    /**
     * Writes {@code token.warned} into the audit for each token that ends within the time of which its policy warns, once
     * for each such end. Safe for several processes at once. Blocks, for as long as that takes.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when the store does not answer; the next call goes on
     */
    void warn(Origin origin);
}
