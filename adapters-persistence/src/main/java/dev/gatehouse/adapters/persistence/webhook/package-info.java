/** Webhook clients and the messages they sent, in tables. */
@NullMarked
package dev.gatehouse.adapters.persistence.webhook;

import org.jspecify.annotations.NullMarked;
