/** The audit trail in a table. */
@NullMarked
package dev.gatehouse.adapters.persistence.audit;

import org.jspecify.annotations.NullMarked;
