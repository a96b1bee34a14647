/** Projects in a table. */
@NullMarked
package dev.gatehouse.adapters.persistence.project;

import org.jspecify.annotations.NullMarked;
