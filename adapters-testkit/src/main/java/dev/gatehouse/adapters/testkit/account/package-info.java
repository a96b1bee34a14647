/** Contracts, in-memory ports and fixtures for accounts and passwords. */
@NullMarked
package dev.gatehouse.adapters.testkit.account;

import org.jspecify.annotations.NullMarked;
