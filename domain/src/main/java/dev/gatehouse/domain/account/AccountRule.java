package dev.gatehouse.domain.account;

import dev.gatehouse.domain.shared.Rule;

/** What input about an account can break. */
public enum AccountRule implements Rule {
    /** A user name is 1 to 32 letters, digits, {@code -} or {@code _}, with a letter or digit at both ends. Argument: the name. */
    NAME_SHAPE,
    /** A name at the sign-in is at most 32 bytes in UTF-8. */
    SIGN_IN_NAME_LENGTH,
    /** The name means something else in an address of the API. Argument: the name. */
    NAME_RESERVED,
    /** Not a capability. Argument: what was sent. */
    CAPABILITY,
    /** A description is at most 255 characters. */
    DESCRIPTION_LENGTH,
    /** No two names differ by letter case only. Arguments: the name, the one that exists. */
    NAME_LIKE_ANOTHER,
    /** The policy gives this name rights already, and who makes the account may not give rights. Argument: the name. */
    NAME_IN_POLICY,
    /** A password has so many characters, and no control characters. Arguments: the least and the most. */
    PASSWORD_SHAPE,
    /** A password is none of those that everybody tries first. */
    PASSWORD_COMMON,
    /** A password is not made of the account's name or ours and of digits and signs alone. */
    PASSWORD_OF_NAMES,
    /** A password that somebody else set is not set again. */
    PASSWORD_UNCHANGED,
    /** Somebody else set the password, and nothing else is done before it is changed. Argument: the account. */
    PASSWORD_CHANGE_REQUIRED,
    /** The account lacks a capability that this needs. Arguments: name, capability. */
    LACKS_CAPABILITY,
    /** The account is disabled, and nothing is given out in its name. Argument: the name. */
    DISABLED,
    /** Changing an account needs the version it was read at. */
    VERSION_REQUIRED,
    /** Nobody would be left who can sign in and change the policy. Argument: the name. */
    LAST_ADMINISTRATOR,
    /** The current password that was sent is not the caller's. */
    CURRENT_PASSWORD,
    /** One's own password is changed with the current one, whatever rights one has. Argument: the account. */
    OWN_PASSWORD,
    /** Only an account has a password; the caller is something else. Argument: the caller. */
    NOT_AN_ACCOUNT
}
