/**
 * What was found out about tokens shown before.
 * Bounded, and never older than the token itself.
 */
@NullMarked
package dev.gatehouse.adapters.security.access;

import org.jspecify.annotations.NullMarked;
