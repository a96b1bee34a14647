/**
 * The description of this API, and a page to try it.
 * Everything comes out of the jar; the page asks no other host for anything.
 */
@NullMarked
package dev.gatehouse.adapters.rest.docs;

import org.jspecify.annotations.NullMarked;
