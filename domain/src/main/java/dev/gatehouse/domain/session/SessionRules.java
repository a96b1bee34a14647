package dev.gatehouse.domain.session;

import java.time.Duration;

/**
 * How long a session lasts.
 *
 * @param absolute from the sign-in to the end, whatever happens between; whole seconds above zero
 */
public record SessionRules(Duration absolute) {
    public static final SessionRules DEFAULT = new SessionRules(Duration.ofHours(24));

    public SessionRules {
        if (absolute.compareTo(Duration.ofSeconds(1)) < 0 || absolute.toNanosPart() != 0)
            throw new IllegalArgumentException("whole seconds, at least one");
    }
}
