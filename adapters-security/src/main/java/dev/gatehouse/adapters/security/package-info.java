/**
 * The driven ports of cryptography.
 * Password hashes, signed tokens, keys and randomness.
 */
@NullMarked
package dev.gatehouse.adapters.security;

import org.jspecify.annotations.NullMarked;
