/**
 * Randomness, the master key, and what is sealed with it.
 * A sealed secret opens only in the place it was sealed for.
 */
@NullMarked
package dev.gatehouse.adapters.security.shared;

import org.jspecify.annotations.NullMarked;
