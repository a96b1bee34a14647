/** Webhook clients, and the messages they send. */
@NullMarked
package dev.gatehouse.application.webhook;

import org.jspecify.annotations.NullMarked;
