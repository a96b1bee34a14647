/** Contract, in-memory port and fixtures for sessions. */
@NullMarked
package dev.gatehouse.adapters.testkit.session;

import org.jspecify.annotations.NullMarked;
