/**
 * Webhook clients over HTTP, and the messages that other systems send.
 * A message's bytes are handed on as they came.
 */
@NullMarked
package dev.gatehouse.adapters.rest.webhook;

import org.jspecify.annotations.NullMarked;
