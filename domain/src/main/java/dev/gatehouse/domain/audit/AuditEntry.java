package dev.gatehouse.domain.audit;

import dev.gatehouse.domain.shared.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One act or one refusal. Holds no secret: no password, no token, no key, no payload.
 *
 * @param at when it was written
 * @param changes what it changed, in no promised order; possibly nothing. Of refusals that were counted {@code repeated},
 *     with how many there were since the entry before
 * @param reason why it was refused, as a word; empty when it was done
 */
public record AuditEntry(
        Instant at,
        Actor actor,
        Origin from,
        AuditAction action,
        Target target,
        Outcome outcome,
        String reason,
        List<Change> changes) {
    public AuditEntry {
        changes = List.copyOf(changes);
    }

    /**
     * Who did it.
     *
     * @param subject the caller's name as policies write it; empty when unknown
     * @param tokenId the {@code jti} of the credential; absent when there was none
     * @param method how the caller signed in: a word
     */
    public record Actor(String subject, Optional<String> tokenId, String method) {}

    /**
     * What it was done to.
     *
     * @param kind {@code account}, {@code project}, {@code token}…
     * @param project the project it belongs to; empty when none
     * @param name its name; empty when it has none; cut to 512 characters, with U+FFFD in place of control characters
     *     and unpaired surrogates, since it may be whatever somebody sent
     */
    public record Target(String kind, String project, String name) {
        private static final int LONGEST = 512;

        public Target {
            project = harmless(project);
            name = harmless(name);
        }

        private static String harmless(String sent) {
            String cut = sent.length() > LONGEST ? sent.substring(0, LONGEST) : sent;
            return cut.replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD");
        }

        public Target(String kind, String name) {
            this(kind, "", name);
        }
    }

    /**
     * @param before empty when it was not there
     * @param after empty when it is not there any more
     */
    public record Change(String field, String before, String after) {}

    /** How it ended. */
    public enum Outcome {
        DONE("done"),
        REFUSED("refused"),
        FAILED("failed");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** The word for it in JSON and in the store. */
        public String word() {
            return word;
        }
    }
}
