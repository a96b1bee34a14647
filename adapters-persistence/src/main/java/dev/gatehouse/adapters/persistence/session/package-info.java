/** Sessions in a table. */
@NullMarked
package dev.gatehouse.adapters.persistence.session;

import org.jspecify.annotations.NullMarked;
