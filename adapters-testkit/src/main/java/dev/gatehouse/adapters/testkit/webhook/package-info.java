/** Contracts, in-memory ports and fixtures for webhook clients and their messages. */
@NullMarked
package dev.gatehouse.adapters.testkit.webhook;

import org.jspecify.annotations.NullMarked;
