package dev.gatehouse.domain.session;

import dev.gatehouse.domain.shared.Rule;

/** What a request about sessions can break. */
public enum SessionRule implements Rule {
    /** The account has as many live sessions as it may. Arguments: its name, how many. */
    TOO_MANY,
    /** Ending many sessions needs the name of whose. */
    SUBJECT_REQUIRED
}
