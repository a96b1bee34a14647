/**
 * For people who write adapters.
 * The contract of each driven port as tests, in-memory ports and fixtures.
 */
@NullMarked
package dev.gatehouse.adapters.testkit;

import org.jspecify.annotations.NullMarked;
