/**
 * Whether the service lives, which version it is, and what Argo's clients ask of its settings.
 * Strangers learn no more than that.
 */
@NullMarked
package dev.gatehouse.adapters.rest.health;

import org.jspecify.annotations.NullMarked;
