/** Contracts, in-memory ports and fixtures for callers, policies and what is remembered of them. */
@NullMarked
package dev.gatehouse.adapters.testkit.access;

import org.jspecify.annotations.NullMarked;
