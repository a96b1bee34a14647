/**
 * Questions to the policy over HTTP, and the policy itself.
 * A question that memory answers never leaves the event loop.
 */
@NullMarked
package dev.gatehouse.adapters.rest.access;

import org.jspecify.annotations.NullMarked;
