package dev.gatehouse.domain.token;

import java.time.Instant;

/**
 * When a token counts no more if nobody does anything to it or with it, and why then.
 *
 * @param at the first moment at which it does not count
 */
public record TokenEnd(Instant at, Reason reason) {
    /** What ends it. */
    public enum Reason {
        /** The end that it was given. */
        EXPIRY("expiry"),
        /** The policy's ceiling, counted from when it was issued. */
        AGE("age"),
        /** That nobody uses it, for as long as the policy allows that. */
        INACTIVITY("inactivity");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** The word for it in JSON, in the audit and in metrics. */
        public String word() {
            return word;
        }
    }
}
