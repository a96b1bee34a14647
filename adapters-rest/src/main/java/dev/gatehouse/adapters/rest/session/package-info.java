/**
 * Signing in and out over HTTP, and who one is.
 * The session's token goes out in the reply and in a cookie.
 */
@NullMarked
package dev.gatehouse.adapters.rest.session;

import org.jspecify.annotations.NullMarked;
