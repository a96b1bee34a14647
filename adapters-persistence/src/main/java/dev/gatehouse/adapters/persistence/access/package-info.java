/** The policy and the count of changes, one row each. */
@NullMarked
package dev.gatehouse.adapters.persistence.access;

import org.jspecify.annotations.NullMarked;
