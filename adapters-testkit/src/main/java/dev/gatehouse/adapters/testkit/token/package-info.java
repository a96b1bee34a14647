/** Contracts, in-memory ports and fixtures for tokens and the keys that sign them. */
@NullMarked
package dev.gatehouse.adapters.testkit.token;

import org.jspecify.annotations.NullMarked;
