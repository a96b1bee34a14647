/** Signing in and out. */
@NullMarked
package dev.gatehouse.application.session;

import org.jspecify.annotations.NullMarked;
