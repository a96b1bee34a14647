package dev.gatehouse.domain.webhook;

import dev.gatehouse.domain.shared.Rule;

/** What input about a webhook client can break. */
public enum WebhookRule implements Rule {
    /** A name is 1 to 63 of {@code [a-z0-9.-]}, a letter or digit at both ends. Argument: the name. */
    NAME_SHAPE,
    /** Not a scheme. Arguments: what was sent, those there are. */
    TYPE,
    /** A secret is 1 to 1024 characters. */
    SECRET_LENGTH,
    /** A client acts as a role of its project. */
    ROLE_REQUIRED
}
