package dev.gatehouse.application.token;

import dev.gatehouse.application.shared.Repetition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for in a token; nothing of it has been looked at.
 *
 * @param name absent or empty: one is made up
 * @param expiresInSeconds 0: without an end; absent: as long as is usual
 * @param notBefore absent: at once
 * @param repetition absent: each request makes another
 */
public record NewToken(
        Optional<String> name,
        String description,
        Optional<Long> expiresInSeconds,
        Optional<Instant> notBefore,
        Restricted restrictions,
        Optional<Repetition> repetition) {
    /** Without restrictions, at once. */
    public NewToken(Optional<String> name, String description, long expiresInSeconds) {
        this(name, description, Optional.of(expiresInSeconds), Optional.empty(), Restricted.NOT, Optional.empty());
    }

    /**
     * To what it is to be restricted.
     *
     * @param networks as CIDR writes them; absent: none
     * @param permissions as {@code resource, action, object}; absent: none
     * @param maxUses absent: any number
     */
    public record Restricted(
            Optional<List<String>> networks, Optional<List<String>> permissions, Optional<Long> maxUses) {
        public static final Restricted NOT = new Restricted(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
