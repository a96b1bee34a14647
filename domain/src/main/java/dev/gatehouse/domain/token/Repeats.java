package dev.gatehouse.domain.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What was made under an idempotency key, so that who asks again gets the same and not another. */
public interface Repeats {
    /** A key means what it was first used for, for so long. */
    Duration REMEMBERED = Duration.ofHours(24);

    /**
     * A request that made something.
     *
     * @param caller who asked, as policies name them: keys of others are others
     * @param key 1 to 255 visible ASCII characters
     * @param fingerprint of what was asked for: another fingerprint is another request
     * @param made the id of what came of it: of a token, an account, a project, a signing key, a webhook client, a
     *     clean-up, as the fingerprint tells
     */
    record Repeat(String caller, String key, String fingerprint, String made, Instant at) {}

    /** What the caller used this key for within {@link #REMEMBERED} before now. */
    Optional<Repeat> find(String caller, String key, Instant now);

    /**
     * Remembers a request, in the caller's transaction, in place of one that is older than {@link #REMEMBERED}.
     *
     * @return false when the key stands for another request: of two at once one is remembered
     */
    boolean remember(Repeat repeat);

    /**
     * Removes what was asked at this moment or before it.
     *
     * @param moment {@link #REMEMBERED} ago at the latest, or keys would stand for other requests too early
     * @return how many
     */
    int forgetUntil(Instant moment);
}
