/**
 * The driving adapter for HTTP and JSON.
 * Controllers parse, make one call to a port and word the answer.
 */
@NullMarked
package dev.gatehouse.adapters.rest;

import org.jspecify.annotations.NullMarked;
