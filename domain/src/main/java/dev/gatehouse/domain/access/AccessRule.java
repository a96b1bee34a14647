package dev.gatehouse.domain.access;

import dev.gatehouse.domain.shared.Rule;

/** What a policy document can break. The field of the fault is {@code policyCsv:line:column}, both from 1. */
public enum AccessRule implements Rule {
    /** A line begins with {@code p} or {@code g}. Argument: what it begins with. */
    LINE_KIND,
    /** A {@code p} line has 6 fields, a {@code g} line 3. Arguments: the kind, how many it must have, how many it has. */
    FIELD_COUNT,
    /** A quote that does not open or close a field. */
    QUOTE,
    /** A field that must not be empty. Argument: which. */
    FIELD_EMPTY,
    /** Neither {@code allow} nor {@code deny}, in exactly this case. Argument: what it is. */
    EFFECT,
    /** A pattern that is none of the match mode. Arguments: the pattern, why. */
    PATTERN,
    /** A control character or a byte-order mark. */
    CHARACTER,
    /** A blank before a comma is part of the field, which is hardly ever meant. Argument: the field. */
    BLANK_BEHIND,
    /** A comment stands on a line of its own; behind a link it would be part of the role. Argument: the field. */
    COMMENT_BEHIND,
    /** A document is only so long. Argument: the most characters. */
    DOCUMENT_LENGTH,
    /** The default role is a role of the document or built in. Argument: the role. */
    DEFAULT_UNKNOWN,
    /** Further documents are named as {@code policy.x.csv}. Argument: the name. */
    EXTRA_NAME,
    /** {@code glob} or {@code regex}. Argument: what was sent. */
    MATCH_MODE,
    /** The scopes are names of claims. */
    SCOPES,
    /** Changing the policy needs the version it was read at. */
    VERSION_REQUIRED,
    /** With it nobody could sign in and change the policy any more. */
    NO_ADMINISTRATOR,
    /** A network is written as CIDR. Argument: what was sent. */
    NETWORK_SHAPE,
    /** A network has no bits behind its prefix. Arguments: what was sent, the network it lies in. */
    NETWORK_BITS,
    /** A permission is {@code resource, action, object}. Argument: what was sent. */
    PERMISSION_SHAPE,
    /** What is stored of a policy must be what was stored once. Argument: which part of it. */
    STORED
}
