/** Giving out tokens and ending them. */
@NullMarked
package dev.gatehouse.application.token;

import org.jspecify.annotations.NullMarked;
