package dev.gatehouse.application.token;

import dev.gatehouse.domain.shared.Origin;

/** What the service does for its keys by itself, at the start and from time to time; on any number of nodes. */
public interface KeepingSigningKeys {
    /**
     * Makes the key that waits if there is none, lets it take over when the present one has signed for long enough, and ends
     * the records of what revoked keys signed.
     */
    void keep(Origin origin);
}
