package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Rule;

/** What input about a token can break. */
public enum TokenRule implements Rule {
    /** An id is 1 to 128 characters without controls, spaces, {@code |}, {@code :}, {@code /}, {@code %}, {@code ?} or {@code #}. */
    ID_SHAPE,
    /** A lifetime is not negative. Argument: what was asked, in seconds. */
    LIFETIME_NEGATIVE,
    /** A lifetime is at most a hundred years. Arguments: what was asked, the most, in seconds. */
    LIFETIME_TOO_LONG,
    /** A description is at most 255 characters. */
    DESCRIPTION_LENGTH,
    /** Several tokens of the role were issued in that second, so the time alone names none. Arguments: role, time. */
    AMBIGUOUS_TIME,
    /** A signing algorithm is one of those that there are. Arguments: what was asked, the words that there are. */
    ALGORITHM_UNKNOWN,
    /** One rotation at a time. Arguments: the kid of the key that is coming, and when. */
    ROTATION_UNDER_WAY
}
