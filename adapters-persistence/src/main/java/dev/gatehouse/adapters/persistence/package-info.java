/**
 * The driven ports on a relational database.
 * The only room that knows {@code java.sql}.
 */
@NullMarked
package dev.gatehouse.adapters.persistence;

import org.jspecify.annotations.NullMarked;
