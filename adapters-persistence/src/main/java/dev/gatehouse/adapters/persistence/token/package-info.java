/** Tokens and signing keys in tables. */
@NullMarked
package dev.gatehouse.adapters.persistence.token;

import org.jspecify.annotations.NullMarked;
