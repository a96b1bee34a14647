/** Contract, in-memory port and fixtures for the audit trail. */
@NullMarked
package dev.gatehouse.adapters.testkit.audit;

import org.jspecify.annotations.NullMarked;
