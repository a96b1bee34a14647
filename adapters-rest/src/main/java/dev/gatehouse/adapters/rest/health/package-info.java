/**
 * Whether the service lives, and which version it is.
 * Strangers learn no more than that.
 */
@NullMarked
package dev.gatehouse.adapters.rest.health;

import org.jspecify.annotations.NullMarked;
