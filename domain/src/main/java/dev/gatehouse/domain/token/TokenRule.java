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
    /** Usage is known of so many days. Arguments: what was asked, the most. */
    USAGE_DAYS,
    /** A signing algorithm is one of those that there are. Arguments: what was asked, the words that there are. */
    ALGORITHM_UNKNOWN,
    /** What a revoked key signed is not made again. */
    KEY_GONE,
    /** One rotation at a time. Arguments: the kid of the key that is coming, and when. */
    ROTATION_UNDER_WAY,
    /** A token has to begin before it ends. */
    NEVER_VALID,
    /** The number of uses is at least 1, and at most 2147483647. */
    USES,
    /** No use is left that a successor could have. Argument: the token's id. */
    USES_SPENT,
    /** An overlap is not negative and at most 366 days. Arguments: what was asked, the most, in seconds. */
    OVERLAP,
    /** A token whose uses are limited does not count beside its successor, which has those that are left. */
    OVERLAP_OF_USES,
    /** A token gives out nothing that is wider than itself. Argument: in what: {@code networks} or {@code permissions}. */
    WIDER,
    /** A token is shown nothing again that may do more, or counts longer, than itself. */
    MORE_THAN_SHOWN,
    /** A token whose uses are limited gives out no other. */
    USES_LIMITED,
    /** A list of restrictions is left out or says something. */
    RESTRICTION_EMPTY,
    /** At most so many entries in one restriction. Argument: the most. */
    RESTRICTION_LENGTH,
    /** A subject is an account's name or {@code proj:project:role}. Argument: what was sent. */
    SUBJECT_SHAPE,
    /** The same idempotency key was used for another request. */
    KEY_REUSED,
    /** An idempotency key is 1 to 255 visible ASCII characters. */
    KEY_SHAPE,
    /** A reason is at most 255 characters. */
    REASON_LENGTH,
    /** A number of a policy is in a range. Arguments: the least, the most. */
    POLICY_RANGE,
    /** A number of a policy is in a range, or 0 for none. Arguments: the least, the most. */
    POLICY_RANGE_OR_NONE,
    /** Without "no end" there is a ceiling, which takes its place. */
    POLICY_CEILING,
    /** What is usual is not over the ceiling. */
    POLICY_DEFAULT,
    /** A project only tightens what holds for all. */
    POLICY_WIDER,
    /** A project has neither accounts nor sessions. */
    POLICY_OF_PROJECT,
    /** A policy is changed at the version at which it was read. */
    POLICY_VERSION,
    /** One change of a policy at a time, until everything that it ended is written down as ended. */
    POLICY_ENDING,
    /** An account or a role holds only so many tokens. Arguments: whose, the most. */
    TOO_MANY_LIVE,
    /** Of an account or a role only so many tokens that were rotated are open. Arguments: whose, the most. */
    TOO_MANY_OPEN,
    /** A clean-up names at least one length of time. */
    CLEAN_UP_OF_NOTHING,
    /** A clean-up within a project has no tokens of accounts before it. */
    CLEAN_UP_OF_ACCOUNTS
}
