/**
 * Signing keys and what they do: make tokens, tell genuine ones, publish the public halves.
 * The algorithm is always that of the key.
 */
@NullMarked
package dev.gatehouse.adapters.security.token;

import org.jspecify.annotations.NullMarked;
