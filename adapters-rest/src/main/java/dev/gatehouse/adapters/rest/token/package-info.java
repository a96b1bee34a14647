/**
 * Tokens of accounts and of project roles over HTTP, and the keys that verify them.
 * A token's text is in the one reply that makes it.
 */
@NullMarked
package dev.gatehouse.adapters.rest.token;

import org.jspecify.annotations.NullMarked;
